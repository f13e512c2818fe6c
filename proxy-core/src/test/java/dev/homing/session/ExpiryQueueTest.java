package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExpiryQueueTest {

    private static final int SESSIONS = 20;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final SessionRecords records = new SessionRecords(new CountingMemory(), SESSIONS);

    @Test
    void keepsTheOrderThatAListWouldKeep() {
        SplittableRandom random = seeded.random();
        ExpiryQueue queue = new ExpiryQueue(records, 80);
        List<Integer> model = new ArrayList<>();
        for (int step = 0; step < 50_000; step++) {
            int session = random.nextInt(SESSIONS);
            if (!model.contains(session)) {
                queue.add(session, step);
                model.add(session);
            } else if (random.nextBoolean()) {
                queue.remove(session);
                model.remove((Integer) session);
            } else {
                queue.moveToTail(session, step);
                model.remove((Integer) session);
                model.add(session);
            }
            assertEquals(model.size(), queue.size());
            assertEquals(model.isEmpty() ? SessionRecords.NONE : model.getFirst(), queue.oldest());
        }
        List<Integer> rest = new ArrayList<>();
        while (queue.size() > 0) {
            rest.add(queue.oldest());
            queue.remove(queue.oldest());
        }
        assertEquals(model, rest);
        assertEquals(SessionRecords.NONE, queue.oldest());
    }

    @Test
    void theOldestIsDueAfterAnEighthOfTheTimeout() {
        ExpiryQueue queue = new ExpiryQueue(records, 80);
        assertFalse(queue.isDue(1_000));
        queue.add(3, 100);
        assertFalse(queue.isDue(109));
        assertTrue(queue.isDue(110));
    }

    @Test
    void aShortTimeoutIsLookedAtEverySecond() {
        ExpiryQueue queue = new ExpiryQueue(records, 1);
        queue.add(3, 100);
        assertFalse(queue.isDue(100));
        assertTrue(queue.isDue(101));
    }

    @Test
    void expiresByTheTimeOfTheLastUseAndNotOfQueueing() {
        ExpiryQueue queue = new ExpiryQueue(records, 80);
        records.setLastUsed(3, 150);
        queue.add(3, 100);
        assertFalse(queue.hasExpired(3, 229));
        assertTrue(queue.hasExpired(3, 230));
        assertFalse(queue.hasExpired(3, 149), "another thread's clock may be a second ahead");
    }
}
