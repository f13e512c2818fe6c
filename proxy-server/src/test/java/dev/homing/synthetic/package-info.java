/// Flows that are QUIC to the eye of a load balancer only: right headers, no cryptography. They
/// make numbers of sessions that real clients could not make on one machine.
@NullMarked
package dev.homing.synthetic;

import org.jspecify.annotations.NullMarked;
