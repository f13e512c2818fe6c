/// What can be read of a QUIC packet without its keys: the version-independent header (RFC 8999).
///
/// Comes in: the octets of a datagram, hostile or not. Goes out: where its connection IDs are, or
/// that it has none. Nothing here throws on any input. One thread an object; no object per
/// datagram.
@NullMarked
package dev.homing.quic;

import org.jspecify.annotations.NullMarked;
