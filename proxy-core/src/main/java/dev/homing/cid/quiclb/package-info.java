/// QUIC-LB's format (draft-ietf-quic-load-balancers-21, unchanged on the wire since -19), as
/// balancer and servers both know it: lengths, key, and the three ways to hide a server ID and a
/// nonce.
///
/// Comes in: what the operator configured for one value of the rotation bits. Goes out: server IDs
/// out of connection IDs, and the other way round. Formats and keys are immutable; a cipher belongs
/// to one thread.
@NullMarked
package dev.homing.cid.quiclb;

import org.jspecify.annotations.NullMarked;
