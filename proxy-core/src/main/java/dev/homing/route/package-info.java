/// Which backend a datagram belongs to. A pure function of the datagram, the published
/// [RoutingTable] and the learned connection IDs.
///
/// Comes in: a parsed header and its flow. Goes out: a [Route], which is a plain long: no object
/// per datagram. Any thread; the control plane makes a new [RoutingTable], receivers and shards
/// read the latest.
@NullMarked
package dev.homing.route;

import org.jspecify.annotations.NullMarked;
