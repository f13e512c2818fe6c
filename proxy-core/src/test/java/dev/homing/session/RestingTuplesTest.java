package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.homing.kit.Seeded;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestingTuplesTest {

    /// An array of the heap that is longer takes more.
    private static final long LARGEST_PIECE_BYTES = 1_024;

    @RegisterExtension final Seeded seeded = new Seeded();

    private record Released(long tuple, int seconds) {}

    /// Two of them take pieces from one store, and give them back to it.
    @Test
    void areTakenInTheOrderOfTheirRelease() {
        SplittableRandom random = seeded.random();
        RestingTuples.Store store = new RestingTuples.Store();
        RestingTuples[] resting = {new RestingTuples(store), new RestingTuples(store)};
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Queue<Released>[] model = new Queue[] {new ArrayDeque<>(), new ArrayDeque<>()};
        int nowSeconds = 0;
        for (int step = 0; step < 200_000; step++) {
            int of = random.nextInt(2);
            boolean isGrowing = step / 1_000 % 2 == 0;
            if (random.nextInt(10) < (isGrowing ? 7 : 3)) {
                nowSeconds += random.nextInt(2);
                long tuple = random.nextLong() >>> 1;
                resting[of].add(tuple, nowSeconds);
                model[of].add(new Released(tuple, nowSeconds));
            } else {
                Released oldest = model[of].poll();
                assertEquals(oldest == null ? SourceTuples.NONE : oldest.tuple, resting[of].take());
            }
            Released next = model[of].peek();
            assertEquals(next == null, resting[of].isEmpty());
            boolean hasRested = next != null && nowSeconds - next.seconds >= 7;
            assertEquals(hasRested, resting[of].hasRested(nowSeconds, 7));
        }
    }

    @Test
    void noReleaseAllocatesMoreThanAPieceAndNoneWhenPiecesAreLeft() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RestingTuples.Store store = new RestingTuples.Store();
        RestingTuples resting = new RestingTuples(store);
        long most = 0;
        for (int round = 0; round < 2; round++) {
            most = 0;
            for (int i = 0; i < 300_000; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                resting.add(i, 0);
                most = Math.max(most, threads.getCurrentThreadAllocatedBytes() - before);
            }
            if (round == 0) {
                assertTrue(most <= LARGEST_PIECE_BYTES, "octets allocated at once: " + most);
            }
            for (int i = 0; i < 300_000; i++) {
                assertEquals(i, resting.take());
            }
            assertFalse(resting.hasRested(100, 0));
        }
        assertEquals(0, most);
    }
}
