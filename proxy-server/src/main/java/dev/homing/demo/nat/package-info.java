/// A NAT that gives its client a new address when told to.
///
/// - **What for:** Netty's client cannot change its address by itself; behind this it is changed
///   for it, as happens to clients on real networks.
/// - **Who comes in:** [RebindingRelay#open] and [RebindingRelay#rebind], from any thread.
/// - **What goes out:** the client's datagrams, unchanged, from another socket.
/// - **Which thread:** one for each relay.
@NullMarked
package dev.homing.demo.nat;

import org.jspecify.annotations.NullMarked;
