/// For QUIC servers on Netty that stand behind Homing, or any other QUIC-LB balancer. The proxy
/// itself has no use for it.
///
/// Comes in: an encoder of [dev.homing.cid.server]. Goes out: what Netty's QUIC server asks for
/// connection IDs. Any thread.
@NullMarked
package dev.homing.netty;

import org.jspecify.annotations.NullMarked;
