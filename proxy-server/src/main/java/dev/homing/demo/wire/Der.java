package dev.homing.demo.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes the few ASN.1 DER values (X.690) that a certificate is made of: tag, length, content.
///
/// The JDK reads certificates but offers no door for writing one, and the libraries that do are
/// larger than Homing.
final class Der {
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(0x30, join(parts));
    }

    static byte[] set(byte[]... parts) {
        return value(0x31, join(parts));
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return value(0x04, content);
    }

    static byte[] text(String text) {
        return value(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /// RFC 5280 §4.1.2.5: dates through the year 2049 are encoded as UTCTime, which has a year of
    /// two digits.
    static byte[] time(Instant time) {
        return value(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /// A bit string whose last `unusedBits` bits do not count.
    static byte[] bits(int unusedBits, byte[] content) {
        return value(0x03, join(new byte[] {(byte) unusedBits}, content));
    }

    /// `[number]` around its content, as in `[3] EXPLICIT Extensions`.
    static byte[] explicit(int number, byte[] content) {
        return value(0xa0 | number, content);
    }

    /// `[number]` in place of the content's own tag, as in a GeneralName.
    static byte[] implicit(int number, byte[] content) {
        return value(0x80 | number, content);
    }

    /// An object identifier: the first two arcs share an octet, the rest are base 128 with a
    /// continuation bit.
    static byte[] oid(int first, int second, int... arcs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(40 * first + second);
        for (int arc : arcs) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arc >>> shift != 0) {
                    out.write(arc >>> shift & 0x7f | 0x80);
                }
            }
            out.write(arc & 0x7f);
        }
        return value(0x06, out.toByteArray());
    }

    private static byte[] value(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else if (content.length < 0x10000) {
            out.write(0x82);
            out.write(content.length >>> 8);
            out.write(content.length);
        } else {
            throw new IllegalArgumentException(
                    "a DER value of " + content.length + " bytes is not a certificate's");
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
