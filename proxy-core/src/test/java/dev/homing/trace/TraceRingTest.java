package dev.homing.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TraceRingTest {

    private static final ValueLayout.OfLong NUMBER = ValueLayout.JAVA_LONG;
    private static final int TIME = 8;
    private static final int CAPACITY = 1024;
    private static final int LEAST_BYTES = 80;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final TraceRing ring = new TraceRing(new CountingMemory(), CAPACITY);
    private final TraceRecord record = new TraceRecord();

    @Test
    void isEmptyAtFirst() {
        assertFalse(ring.peek(record));
        assertEquals(0, ring.written());
        assertEquals(0, ring.lost());
    }

    @Test
    void showsARecordOnlyWhenItIsCommitted() {
        int place = ring.reserve(LEAST_BYTES);
        assertFalse(ring.peek(record));
        ring.memory().set(NUMBER, place + TIME, 42);

        ring.commit();

        assertTrue(ring.peek(record));
        assertEquals(42, record.timeNs());
        ring.release();
        assertFalse(ring.peek(record));
    }

    @Test
    void losesWhatFindsNoRoomAndKeepsWhatIsThere() {
        int fits = CAPACITY / LEAST_BYTES;
        for (int i = 0; i < fits + 3; i++) {
            write(i, LEAST_BYTES);
        }

        assertEquals(fits, ring.written());
        assertEquals(3, ring.lost());
        assertTrue(ring.peek(record));
        assertEquals(0, record.timeNs());
        ring.release();
        assertTrue(write(100, LEAST_BYTES), "there is room again");
    }

    @Test
    void losesWhatIsLongerThanItself() {
        assertFalse(write(1, CAPACITY + 8));
        assertTrue(write(2, CAPACITY));
        assertTrue(ring.peek(record));
        assertEquals(2, record.timeNs());
    }

    @Test
    void forgetsWhatIsThereWhenItIsCleared() {
        write(1, LEAST_BYTES);
        write(2, LEAST_BYTES);

        ring.clear();

        assertFalse(ring.peek(record));
        write(3, LEAST_BYTES);
        assertTrue(ring.peek(record));
        assertEquals(3, record.timeNs());
    }

    @RepeatedTest(20)
    void givesBackInOrderWhatWasWritten() {
        SplittableRandom random = seeded.random();
        Queue<Long> model = new ArrayDeque<>();
        long number = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextBoolean()) {
                if (write(++number, LEAST_BYTES + random.nextInt(200))) {
                    model.add(number);
                }
            } else if (ring.peek(record)) {
                assertEquals(model.remove(), record.timeNs());
                ring.release();
            } else {
                assertTrue(model.isEmpty());
            }
        }
        assertEquals(number, ring.written() + ring.lost());
        assertTrue(ring.lost() > 0, "it never ran full");
    }

    private boolean write(long number, int bytes) {
        int place = ring.reserve(bytes);
        if (place < 0) {
            return false;
        }
        ring.memory().set(NUMBER, place + TIME, number);
        ring.commit();
        return true;
    }
}
