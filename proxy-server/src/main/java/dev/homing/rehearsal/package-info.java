/// Traffic that Homing makes for itself, so that the JVM learns what running it is like.
///
/// **In:** the addresses of a running proxy. **Out:** nothing but the JVM's profiles. Clients and
/// servers are QUIC to the eye of a load balancer only: right headers, no cryptography. **Thread:**
/// one for all clients and servers.
@NullMarked
package dev.homing.rehearsal;

import org.jspecify.annotations.NullMarked;
