package dev.homing.bench.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.quic.QuicLoad.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void noMoreThanSoManyAreAtOnceAndEachHasItsTurn() throws InterruptedException {
        Turns turns = new Turns(new QuicLoad(Kind.HANDSHAKES, 500, 7, 0, 0));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        try (ExecutorService others = Executors.newFixedThreadPool(16)) {
            turns.run((dueNanos, number) -> {
                assertEquals(begun.getAndIncrement(), number);
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                others.execute(() -> {
                    now.decrementAndGet();
                    turns.ended();
                });
            });
        }
        assertEquals(500, begun.get());
        assertEquals(0, now.get());
        assertTrue(most.get() <= 7, "at once: " + most);
    }

    /// Whoever is late was due when the schedule says, and waits for nobody.
    @Test
    void withARateEachIsDueAtItsTimeWhateverTheOthersDo() throws InterruptedException {
        Turns turns = new Turns(new QuicLoad(Kind.HANDSHAKES, 50, 1, 0, 1000));
        List<Long> due = new ArrayList<>();
        turns.run((dueNanos, number) -> {
            due.add(dueNanos);
            turns.ended();
        });
        for (int i = 0; i < due.size(); i++) {
            assertEquals(i * 1_000_000L, due.get(i) - due.getFirst());
        }
    }
}
