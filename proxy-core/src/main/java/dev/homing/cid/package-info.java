/// Connection IDs that say which server they belong to: schemes that servers and balancer agree on,
/// so that a datagram finds its backend from any address, at any instance, with nothing learned.
///
/// ```
/// CidScheme    which layout, which keys, which server ID is whose: immutable, shared by all threads
///   QuicLb         up to seven configurations by rotation bits; presets Envoy, nghttpx
///   PlainServerId  a server ID after the first octet;           presets AWS NLB, msquic
///   Mvfst          host IDs of mvfst's versions 1 to 3
/// CidDecoder   a thread's own cipher state for a scheme; CidDecoders keeps them by pool
/// ServerIds    server ID to backend id
/// ```
///
/// Comes in: a connection ID at an offset of a datagram. Goes out: an int, which is a backend id,
/// or negative with a reason ([Unroutable]). Nothing here throws on any octets, and nothing
/// allocates per datagram.
///
/// `quiclb` is the format itself, `preset` names what well-known servers do, and `server` is for
/// the other side: a QUIC server can use that package alone to issue connection IDs.
@NullMarked
package dev.homing.cid;

import org.jspecify.annotations.NullMarked;
