package dev.homing.cid;

import java.lang.foreign.MemorySegment;

/// Reads connection IDs of one scheme. One thread; never throws on any octets; allocates nothing.
///
/// A verdict is a backend id, 0 or more, or else a reason, see [Unroutable#of]. That backend need
/// not be in service any more: the caller knows.
public sealed interface CidDecoder permits QuicLbDecoder, PlainServerId.Decoder, Mvfst.Decoder {

    /// The length of a short header's connection ID cannot be told by the scheme.
    int LENGTH_UNKNOWN = -1;

    /// The verdict on the destination connection ID of a long header.
    ///
    /// @param length octets of the connection ID, 0 to 255
    /// @param startsConnection whether the packet may be the first of a connection, so that the
    ///   connection ID may be the client's: some schemes then answer [Unroutable#CLIENTS_CHOICE]
    int decodeLong(MemorySegment bytes, int offset, int length, boolean startsConnection);

    /// The verdict on the destination connection ID of a short header.
    ///
    /// @param available octets after the first of the packet: the connection ID has so many at most
    int decodeShort(MemorySegment bytes, int offset, int available);

    /// Which of a scheme's configurations a connection ID is read by: its rotation bits, or
    /// [Undecodable#NO_ROTATION].
    ///
    /// @param length octets that there are for the connection ID
    int configurationOf(MemorySegment bytes, int offset, int length);

    /// Octets of a short header's connection ID, or [#LENGTH_UNKNOWN]. Independent of whether the
    /// connection ID names a backend.
    ///
    /// @param available as in [#decodeShort]
    int lengthOfShort(MemorySegment bytes, int offset, int available);
}
