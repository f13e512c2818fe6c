package dev.homing.cid;

import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.quiclb.ServerIdCipher;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A thread's decoder of [QuicLb].
final class QuicLbDecoder implements CidDecoder {

    private static final String LAYOUT = "quic-lb";

    private static final int TOO_SHORT = Unroutable.TOO_SHORT.verdict();

    private static final int NO_CONFIGURATION = Unroutable.NO_CONFIGURATION.verdict();
    private static final int RESERVED_ROTATION = Unroutable.RESERVED_ROTATION.verdict();
    private static final int LENGTH_DISAGREES = Unroutable.LENGTH_DISAGREES.verdict();

    /// By rotation bits; the place of the reserved ones stays empty.
    private final @Nullable Codepoint[] codepoints =
            new @Nullable Codepoint[QuicLbFormat.RESERVED_ROTATION + 1];

    /// One value of the rotation bits, ready to decode.
    private record Codepoint(
            QuicLbFormat format,
            int shortestLength,
            ServerIdCipher cipher,
            ServerIds serverIds,
            boolean checksLength) {

        static Codepoint of(QuicLb.Configuration configuration) {
            QuicLbFormat format = configuration.format();
            return new Codepoint(
                    format,
                    format.shortestLength(),
                    ServerIdCipher.of(format),
                    configuration.serverIds(),
                    configuration.checksLength());
        }

        int decode(MemorySegment bytes, int offset) {
            cipher.open(bytes, offset + 1);
            return serverIds.find(cipher.high(), cipher.low());
        }
    }

    QuicLbDecoder(List<QuicLb.Configuration> configurations) {
        for (QuicLb.Configuration configuration : configurations) {
            codepoints[configuration.format().configRotationBits()] = Codepoint.of(configuration);
        }
    }

    @Override
    public int decodeLong(MemorySegment bytes, int offset, int length, boolean startsConnection) {
        // Whoever chose it: the draft routes by what it says (section 4.2).
        if (length == 0) {
            return TOO_SHORT;
        }
        int firstOctet = firstOctet(bytes, offset);
        Codepoint codepoint = codepoints[QuicLbFormat.rotationOf(firstOctet)];
        if (codepoint == null) {
            return withoutCodepoint(firstOctet);
        }
        if (length < codepoint.shortestLength) {
            return TOO_SHORT;
        }
        if (codepoint.checksLength && codepoint.format.lengthEncodedIn(firstOctet) != length) {
            return LENGTH_DISAGREES;
        }
        return codepoint.decode(bytes, offset);
    }

    @Override
    public int decodeShort(MemorySegment bytes, int offset, int available) {
        if (available == 0) {
            return TOO_SHORT;
        }
        int firstOctet = firstOctet(bytes, offset);
        Codepoint codepoint = codepoints[QuicLbFormat.rotationOf(firstOctet)];
        if (codepoint == null) {
            return withoutCodepoint(firstOctet);
        }
        if (available < codepoint.shortestLength) {
            return TOO_SHORT;
        }
        if (codepoint.checksLength && encodedLength(codepoint, firstOctet, available) < 0) {
            return LENGTH_DISAGREES;
        }
        return codepoint.decode(bytes, offset);
    }

    @Override
    public int configurationOf(MemorySegment bytes, int offset, int length) {
        return length == 0
                ? Undecodable.NO_ROTATION
                : QuicLbFormat.rotationOf(firstOctet(bytes, offset));
    }

    @Override
    public int lengthOfShort(MemorySegment bytes, int offset, int available) {
        if (available == 0) {
            return LENGTH_UNKNOWN;
        }
        int firstOctet = firstOctet(bytes, offset);
        Codepoint codepoint = codepoints[QuicLbFormat.rotationOf(firstOctet)];
        if (codepoint == null) {
            // Section 3.2 says that 0b111 comes with the length, but not all servers do as it says.
            return LENGTH_UNKNOWN;
        }
        if (codepoint.format.firstOctetEncodesCidLength()) {
            return encodedLength(codepoint, firstOctet, available);
        }
        int length = codepoint.format.connectionIdLength();
        return length <= available ? length : LENGTH_UNKNOWN;
    }

    /// The length that the first octet of a short header's connection ID says, if it can be so.
    private static int encodedLength(Codepoint codepoint, int firstOctet, int available) {
        int length = codepoint.format.lengthEncodedIn(firstOctet);
        return length >= codepoint.shortestLength && length <= available ? length : LENGTH_UNKNOWN;
    }

    private static int withoutCodepoint(int firstOctet) {
        return QuicLbFormat.rotationOf(firstOctet) == QuicLbFormat.RESERVED_ROTATION
                ? RESERVED_ROTATION
                : NO_CONFIGURATION;
    }

    private static int firstOctet(MemorySegment bytes, int offset) {
        return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, offset));
    }

    CidDescription describe(MemorySegment bytes, int offset, int length) {
        if (length == 0) {
            return CidDescription.unread(LAYOUT, CidDescription.NO_ROTATION, Unroutable.TOO_SHORT);
        }
        int rotation = QuicLbFormat.rotationOf(firstOctet(bytes, offset));
        int verdict = decodeLong(bytes, offset, length, false);
        Codepoint codepoint = codepoints[rotation];
        if (codepoint == null) {
            return CidDescription.unread(LAYOUT, rotation, Unroutable.of(verdict));
        }
        String layout = LAYOUT + ", " + codepoint.cipher.algorithm();
        if (verdict == TOO_SHORT) {
            return CidDescription.unread(layout, rotation, Unroutable.TOO_SHORT);
        }
        byte[] body = codepoint.cipher.openBody(bytes, offset + 1);
        int serverIdLength = codepoint.format.serverIdLength();
        HexFormat hex = HexFormat.of();
        return new CidDescription(
                layout,
                rotation,
                hex.formatHex(body, 0, serverIdLength),
                hex.formatHex(body, serverIdLength, body.length),
                verdict);
    }
}
