/// The admin endpoint: metrics for machines, liveness and readiness for orchestrators.
///
/// Comes in: HTTP/1.1 requests. Goes out: text. One thread of its own, `admin`; nothing here
/// touches a datagram.
@NullMarked
package dev.homing.observe.http;

import org.jspecify.annotations.NullMarked;
