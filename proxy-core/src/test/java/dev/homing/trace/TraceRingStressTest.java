package dev.homing.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import dev.homing.kit.Together;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A thread that records, one that reads, and one that counts: no record is seen half written, none
/// comes twice or out of order, and all are either read or counted as lost.
class TraceRingStressTest {

    private static final ValueLayout.OfLong NUMBER = ValueLayout.JAVA_LONG;
    private static final int TIME = 8;
    private static final int HEADER = 88;
    private static final int CAPACITY = 4096;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final TraceRing ring = new TraceRing(new CountingMemory(), CAPACITY);
    private final AtomicBoolean isWriterDone = new AtomicBoolean();
    private long read;

    @Test
    void nothingIsTornOrUncountedBriefly() throws Exception {
        run(2_000_000);
    }

    @Test
    @Tag("stress")
    void nothingIsTornOrUncountedAtLength() throws Exception {
        run(200_000_000);
    }

    private void run(long count) throws Exception {
        SplittableRandom random = seeded.random().split();
        Together.run(List.of(() -> write(count, random), this::read, this::count));

        assertEquals(count, ring.written() + ring.lost());
        assertEquals(ring.written(), read);
        assertTrue(read > 0);
    }

    /// Each word of a record says which one it is.
    private void write(long count, SplittableRandom random) {
        for (long number = 1; number <= count; number++) {
            int words = random.nextInt(1, 20);
            int place = ring.reserve(HEADER + words * Long.BYTES);
            if (place < 0) {
                Thread.onSpinWait();
                continue;
            }
            ring.memory().set(ValueLayout.JAVA_INT, place + 60, words * Long.BYTES);
            ring.memory().set(ValueLayout.JAVA_INT, place + 64, 0);
            ring.memory().set(ValueLayout.JAVA_INT, place + 68, words * Long.BYTES);
            ring.memory().set(NUMBER, place + TIME, number);
            for (int i = 0; i < words; i++) {
                ring.memory().set(NUMBER, place + HEADER + i * Long.BYTES, number);
            }
            ring.commit();
        }
        isWriterDone.set(true);
    }

    private void read() {
        TraceRecord record = new TraceRecord();
        long latest = 0;
        while (true) {
            boolean isLastLook = isWriterDone.get();
            while (ring.peek(record)) {
                long number = record.timeNs();
                assertTrue(number > latest, "a record came twice, or overtook another one");
                latest = number;
                byte[] words = record.head(0);
                assertEquals(record.lengthBytes(), words.length);
                for (int i = 0; i < words.length; i += Long.BYTES) {
                    assertEquals(number, word(words, i), "a record is torn");
                }
                ring.release();
                read++;
            }
            if (isLastLook) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    private static long word(byte[] octets, int at) {
        return java.nio.ByteBuffer.wrap(octets).order(java.nio.ByteOrder.nativeOrder()).getLong(at);
    }

    private void count() {
        long total = 0;
        while (!isWriterDone.get()) {
            long now = ring.written() + ring.lost();
            assertTrue(now >= total, "a counter went back");
            total = now;
        }
    }
}
