package dev.homing.admission;

import dev.homing.ledger.DropReason;
import dev.homing.quic.PacketType;
import dev.homing.quic.QuicHeader;
import org.jspecify.annotations.Nullable;

/// Whether a client may begin a connection with a packet, as far as can be seen without keys.
/// Refused is only what every server must drop, too. Of versions that are not known only what holds
/// for all versions can be said, which is nothing.
final class FirstPacket {

    /// RFC 9000 section 14.1: a server must discard an Initial packet in a smaller datagram.
    private static final int SMALLEST_INITIAL_BYTES = 1200;

    /// RFC 9001 section 5.4.2: a packet that is too short for the sample of header protection must
    /// be discarded. The sample has 16 octets, and is 4 behind the beginning of the packet number.
    private static final int PACKET_NUMBER_AND_SAMPLE_BYTES = 4 + 16;

    private FirstPacket() {}

    /// The reason to drop the first datagram of a train, or the only one; null if there is none.
    ///
    /// @param length of the datagram, in octets
    /// @param header of the datagram
    static @Nullable DropReason refusal(int length, QuicHeader header) {
        if (!header.isLong()) {
            return length < 1 + PACKET_NUMBER_AND_SAMPLE_BYTES ? DropReason.NOT_QUIC : null;
        }
        PacketType type = header.type();
        if (type == PacketType.VERSION_NEGOTIATION || type == PacketType.RETRY) {
            return DropReason.NOT_QUIC; // only servers send them (RFC 9000 sections 6 and 8.1.2)
        }
        if (!header.isVersionKnown()) {
            return null;
        }
        // RFC 9000 section 17.2: longer connection IDs of version 1 must be dropped.
        if (header.dcidLength() > QuicHeader.MAX_CONNECTION_ID_BYTES
                || header.scidLength() > QuicHeader.MAX_CONNECTION_ID_BYTES) {
            return DropReason.NOT_QUIC;
        }
        if (type == PacketType.INITIAL) {
            return length < SMALLEST_INITIAL_BYTES ? DropReason.SMALL_INITIAL : null;
        }
        // Behind the connection IDs comes a length of at least one octet (RFC 9000 section 17.2).
        int rest = length - 7 - header.dcidLength() - header.scidLength();
        return rest < 1 + PACKET_NUMBER_AND_SAMPLE_BYTES ? DropReason.NOT_QUIC : null;
    }
}
