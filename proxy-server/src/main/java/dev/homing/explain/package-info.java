/// Says what Homing makes of connection IDs and datagrams, and why, for people who look for a
/// fault: by the same schemes, router and table as `homing run`.
///
/// ```
/// CidReader   which backend a connection ID names, or why none     homing decode-cid
/// CidMaker    connection IDs as a backend's server issues them     homing encode-cid
/// Explainer   the way of a datagram                                homing explain
/// ```
///
/// **In:** an accepted configuration, octets. **Out:** values for a command to print. Nothing here
/// knows what a running instance has learned. **Thread:** main.
@NullMarked
package dev.homing.explain;

import org.jspecify.annotations.NullMarked;
