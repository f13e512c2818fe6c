package dev.homing.bench.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// A histogram of nanoseconds as text, from one process to another.
public final class Latency {

    /// A minute: what is later has been lost.
    static final long LONGEST_NANOS = 60_000_000_000L;

    private static final int DIGITS = 3;

    private Latency() {}

    public static Histogram empty() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    public static String write(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /// @throws IllegalArgumentException if it is none
    public static Histogram read(String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), LONGEST_NANOS);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("no histogram", e);
        }
    }

    /// All of them in one.
    public static Histogram together(Iterable<Histogram> histograms) {
        Histogram sum = empty();
        histograms.forEach(sum::add);
        return sum;
    }
}
