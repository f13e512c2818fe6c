package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Together;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnClockTest {

    private static final long SECOND_NS = 1_000_000_000L;

    /// System.nanoTime() may start anywhere, also just before it wraps.
    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 3, Long.MIN_VALUE})
    void countsWholeSecondsFromTheStart(long startNs) {
        TurnClock clock = new TurnClock(startNs);
        assertEquals(0, clock.seconds());
        assertEquals(0, clock.advance(startNs + SECOND_NS - 1));
        assertEquals(1, clock.advance(startNs + SECOND_NS));
        assertEquals(1, clock.seconds());
        assertEquals(86_400 * 365, clock.advance(startNs + 86_400 * 365 * SECOND_NS));
        assertEquals(86_400 * 365, clock.seconds());
    }

    @Test
    void nobodySeesTheTimePassWithoutATurn() {
        TurnClock clock = new TurnClock(System.nanoTime() - 50 * SECOND_NS);
        assertEquals(0, clock.seconds());
    }

    /// Shards race to advance it; whoever reads it sees a time that was, never one to come.
    @Test
    void racingShardsNeverShowATimeThatHasNotBeen() throws Exception {
        TurnClock clock = new TurnClock(0);
        AtomicLong nowNs = new AtomicLong();
        Together.Body shard =
                () -> {
                    for (int i = 0; i < 500_000; i++) {
                        clock.advance(nowNs.addAndGet(SECOND_NS / 10));
                    }
                };
        Together.run(
                List.of(
                        shard,
                        shard,
                        () -> {
                            while (nowNs.get() < 100_000 * SECOND_NS) {
                                int seen = clock.seconds();
                                assertTrue(seen >= 0 && seen <= nowNs.get() / SECOND_NS);
                            }
                        }));
        clock.advance(nowNs.get());
        assertEquals(100_000, clock.seconds());
    }
}
