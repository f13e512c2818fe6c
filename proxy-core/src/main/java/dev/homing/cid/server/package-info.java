/// For QUIC servers in Java: connection IDs that a QUIC-LB balancer can route
/// (draft-ietf-quic-load-balancers-21), whether that is Homing or another.
///
/// ```java
/// QuicLbFormat format = QuicLbFormat.of(0, 4, 12, CidKey.parse(hex)).encodingLength();
/// QuicLbEncoder encoder = new QuicLbEncoder(format, serverId);
/// UnroutableIds fallback = new UnroutableIds(encoder.length());
/// ...
/// byte[] connectionId = encoder.next().orElseGet(fallback::next);
/// ```
///
/// It needs `dev.homing.cid.quiclb`, `dev.homing.quic` and the JDK, and nothing of the proxy: no
/// sockets, no threads, no configuration file. It lives here, and not in a library of its own, so
/// that both sides of the format share one cipher and one set of test vectors.
///
/// Comes in: a format and the server's ID. Goes out: new connection IDs. Any thread.
@NullMarked
package dev.homing.cid.server;

import org.jspecify.annotations.NullMarked;
