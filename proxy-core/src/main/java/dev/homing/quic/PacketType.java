package dev.homing.quic;

import java.util.Locale;

/// What kind of packet a header begins, as far as can be seen without keys.
public enum PacketType {
    INITIAL,
    ZERO_RTT,
    HANDSHAKE,
    RETRY,
    /// A server's list of versions.
    VERSION_NEGOTIATION,
    /// A short header: of a connection whose handshake is over (RFC 9000 section 17.3).
    SHORT,
    /// A long header of a version whose types are not known.
    UNKNOWN;

    private final String label =
            name().equals("ZERO_RTT") ? "0-rtt" : name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String label() {
        return label;
    }
}
