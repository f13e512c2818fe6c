package dev.homing.quic;

/// What the first octets of a datagram turned out to be.
public enum HeaderForm {
    /// Header form bit 1: both connection IDs and their lengths are on the wire (RFC 8999 section
    /// 5.1).
    LONG,
    /// Header form bit 0: a connection ID of unknown length follows the first octet (RFC 8999
    /// section 5.2).
    SHORT,
    /// A long header that ends before its connection IDs do.
    TRUNCATED,
    /// No octets at all.
    EMPTY
}
