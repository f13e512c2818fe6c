package dev.homing.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/// An interface of a pcapng section.
///
/// @param linkType what its frames begin with
/// @param snapLength the most octets that were captured of a frame; 0 for all
/// @param ticksASecond the resolution of its times (option if_tsresol)
/// @param offsetSeconds to be added to its times (option if_tsoffset)
record CaptureInterface(
        int linkType, long snapLength, BigInteger ticksASecond, long offsetSeconds) {

    private static final int OPTIONS_OFFSET = 8;
    private static final int END_OF_OPTIONS = 0;
    private static final int TIME_RESOLUTION = 9;
    private static final int TIME_OFFSET = 14;
    private static final int POWER_OF_TWO = 0x80;
    private static final BigInteger MICROSECONDS = BigInteger.valueOf(1_000_000);
    private static final BigInteger NANOSECONDS = BigInteger.valueOf(1_000_000_000);

    /// @param body of an interface block
    static CaptureInterface of(ByteBuffer body) throws IOException {
        if (body.capacity() < OPTIONS_OFFSET) {
            throw new IOException("an interface block is too short: the file is damaged");
        }
        BigInteger ticks = MICROSECONDS;
        long offset = 0;
        int at = OPTIONS_OFFSET;
        while (at + 4 <= body.capacity()) {
            int code = Short.toUnsignedInt(body.getShort(at));
            int length = Short.toUnsignedInt(body.getShort(at + 2));
            if (code == END_OF_OPTIONS || at + 4 + length > body.capacity()) {
                break;
            }
            if (code == TIME_RESOLUTION && length == 1) {
                ticks = ticksASecond(Byte.toUnsignedInt(body.get(at + 4)));
            } else if (code == TIME_OFFSET && length == Long.BYTES) {
                offset = body.getLong(at + 4);
            }
            at += 4 + (length + 3 & ~3);
        }
        return new CaptureInterface(
                Short.toUnsignedInt(body.getShort(0)),
                Integer.toUnsignedLong(body.getInt(4)),
                ticks,
                offset);
    }

    private static BigInteger ticksASecond(int resolution) {
        return (resolution & POWER_OF_TWO) == 0
                ? BigInteger.TEN.pow(resolution)
                : BigInteger.TWO.pow(resolution & ~POWER_OF_TWO);
    }

    /// Nanoseconds since the beginning of 1970.
    long nanos(int high, int low) {
        BigInteger ticks =
                BigInteger.valueOf(Integer.toUnsignedLong(high))
                        .shiftLeft(Integer.SIZE)
                        .add(BigInteger.valueOf(Integer.toUnsignedLong(low)));
        return ticks.multiply(NANOSECONDS)
                .divide(ticksASecond)
                .add(BigInteger.valueOf(offsetSeconds).multiply(NANOSECONDS))
                .longValue();
    }
}
