/// From the configuration to what the data plane reads: numbered backends, pools, and the routing
/// table.
///
/// Comes in: an accepted configuration, and how things stand with its backends. Goes out: a
/// [dev.homing.route.RoutingTable], published. Any thread, by [TablePublisher].
@NullMarked
package dev.homing.control.routing;

import org.jspecify.annotations.NullMarked;
