package dev.homing.cid;

import java.util.Locale;

/// Why a scheme names no backend for a connection ID. None of these is a reason to drop: the
/// datagram goes on by what is learned, by its flow, or by hashing (draft section 4.2).
///
/// In a verdict, the reason with ordinal n is the int -1 - n.
public enum Unroutable {
    TOO_SHORT("The connection ID has fewer octets than the scheme needs."),
    NO_CONFIGURATION("No configuration has these rotation bits."),
    RESERVED_ROTATION(
            "The rotation bits are 0b111: a server without a configuration made it, or a client."),
    LENGTH_DISAGREES("The length in the first octet is not that of the connection ID."),
    CLIENTS_CHOICE("The packet may open a connection, so its connection ID may be the client's."),
    NAMES_NO_SERVER("The connection ID says that it names no server."),
    SERVER_ID_UNKNOWN("No backend has the server ID.");

    private static final Unroutable[] ALL = values();

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    Unroutable(String sentence) {
        this.sentence = sentence;
    }

    /// The negative int that a decoder answers with.
    public int verdict() {
        return -1 - ordinal();
    }

    /// The reason in a verdict that is negative.
    public static Unroutable of(int verdict) {
        return ALL[-1 - verdict];
    }

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }

    public String sentence() {
        return sentence;
    }
}
