package dev.homing.fuzz;

import dev.homing.quic.HeaderForm;
import dev.homing.quic.PacketType;
import dev.homing.quic.QuicHeader;
import java.lang.foreign.MemorySegment;

/// Any octets for the header parser, in a segment that ends where they end: reading past it throws.
public final class HeaderTarget {

    private HeaderTarget() {}

    public static void fuzzerTestOneInput(byte[] octets) {
        QuicHeader header = new QuicHeader();
        HeaderForm form = header.read(MemorySegment.ofArray(octets), 0, octets.length);
        if (form == HeaderForm.EMPTY || form == HeaderForm.TRUNCATED) {
            Required.holds(
                    (form == HeaderForm.EMPTY) == (octets.length == 0)
                            && (octets.length == 0 || octets[0] < 0),
                    "neither empty nor a long header");
            return;
        }
        Required.holds(
                header.dcidOffset() + header.dcidLength() <= octets.length
                        && header.scidOffset() + header.scidLength() <= octets.length,
                "a connection ID outside of the datagram");
        Required.holds(header.isLong() == octets[0] < 0, "the header form");
        Required.holds(
                header.isVersionKnown()
                        == (header.isLong()
                                && header.type() != PacketType.UNKNOWN
                                && header.type() != PacketType.VERSION_NEGOTIATION),
                "a type of an unknown version");
        Required.holds(
                !header.startsConnection()
                        || header.type() == PacketType.INITIAL
                        || header.type() == PacketType.ZERO_RTT,
                "another packet starts a connection");
    }
}
