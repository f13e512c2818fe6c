/// Questions to QUIC servers whether they are there, without TLS: a first packet of a version that
/// nobody has, which a server answers with Version Negotiation (RFC 9000 section 6.1).
///
/// Comes in: a backend address. Goes out: a [ProbeResult]. The thread `health`.
@NullMarked
package dev.homing.control.health.probe;

import org.jspecify.annotations.NullMarked;
