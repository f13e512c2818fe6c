/// From the configuration to what the data plane reads: numbered backends, pools, and the routing
/// table.
///
/// Comes in: an accepted configuration. Goes out: a [dev.homing.route.RoutingTable]. The control
/// plane's thread.
@NullMarked
package dev.homing.control.routing;

import org.jspecify.annotations.NullMarked;
