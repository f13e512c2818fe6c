package dev.homing.observe.trace;

import dev.homing.quic.HeaderForm;
import dev.homing.quic.PacketType;
import dev.homing.quic.QuicHeader;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What can be read of the beginning of a datagram.
///
/// @param type null for what is no packet
/// @param version of a long header
/// @param dcid in hexadecimal; empty where there is none, or nobody knows how long it is
/// @param scid of a long header, in hexadecimal
record PacketHead(
        HeaderForm form, @Nullable PacketType type, int version, String dcid, String scid) {

    /// @param octets what was kept of the datagram
    /// @param lengthBytes of the whole datagram
    /// @param idLength octets of a short header's connection ID, 0 if nobody knows
    static PacketHead of(byte[] octets, int lengthBytes, int idLength) {
        QuicHeader header = new QuicHeader();
        HeaderForm form = header.read(MemorySegment.ofArray(octets), 0, octets.length);
        boolean isCutOff = form == HeaderForm.TRUNCATED && octets.length < lengthBytes;
        return switch (form) {
            case LONG ->
                    new PacketHead(
                            form,
                            header.type(),
                            header.version(),
                            hex(octets, header.dcidOffset(), header.dcidLength()),
                            hex(octets, header.scidOffset(), header.scidLength()));
            case SHORT ->
                    new PacketHead(
                            form,
                            header.type(),
                            0,
                            hex(octets, 1, Math.min(idLength, octets.length - 1)),
                            "");
            // Connection IDs of other versions may be longer than what was kept.
            case TRUNCATED ->
                    new PacketHead(
                            isCutOff ? HeaderForm.LONG : form,
                            isCutOff ? PacketType.UNKNOWN : null,
                            isCutOff ? header.version() : 0,
                            "",
                            "");
            case EMPTY -> new PacketHead(form, null, 0, "", "");
        };
    }

    private static String hex(byte[] octets, int offset, int length) {
        return HexFormat.of().formatHex(octets, offset, offset + length);
    }
}
