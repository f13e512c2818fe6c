package dev.homing.cid;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// A layout of connection IDs that says which server each belongs to, with the keys and the server
/// IDs that it takes.
///
/// Immutable; any thread.
public sealed interface CidScheme permits QuicLb, PlainServerId, Mvfst {

    /// A decoder for one thread. Making one takes microseconds and allocates; using it does not.
    CidDecoder newDecoder();

    /// How many octets every server's connection ID has at least that begins with these three bits;
    /// 0 if that is not known.
    int certainOctets(int firstBits);

    /// The ways in which a connection ID may turn out to be unreadable that no client chose at
    /// random.
    List<Undecodable> undecodable();

    /// What a connection ID says, for people: not for the hot path.
    ///
    /// @param length octets of the connection ID; if unknown, those that there are for it
    CidDescription describe(MemorySegment bytes, int offset, int length);
}
