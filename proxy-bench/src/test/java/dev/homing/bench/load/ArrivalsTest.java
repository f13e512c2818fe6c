package dev.homing.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals(7, 100);

    @Test
    void eachSequenceNumberCountsOnce() {
        assertTrue(arrivals.count(3, 7, 1000, false));
        assertTrue(arrivals.count(67, 7, 1000, false));
        assertTrue(arrivals.count(3, 7, 9_000_000, false));

        assertEquals(2, arrivals.distinct());
        assertEquals(1, arrivals.duplicates());
        assertEquals(2, arrivals.latency().getTotalCount(), "a duplicate has no latency");
    }

    @Test
    void whatBelongsToAnotherPhaseIsAStray() {
        assertFalse(arrivals.count(3, 6, 1000, false));
        assertFalse(arrivals.count(5000, 7, 1000, false), "beyond what was announced");
        assertFalse(arrivals.count(-1, 7, 1000, false));

        assertEquals(0, arrivals.distinct());
        assertEquals(3, arrivals.strays());
    }

    @Test
    void theWrongBackendIsCountedBesides() {
        arrivals.count(1, 7, 1000, true);
        arrivals.count(2, 7, 1000, false);

        assertEquals(2, arrivals.distinct());
        assertEquals(1, arrivals.atWrongBackend());
    }

    @Test
    void aClockThatDisagreesCountsAsNoDelay() {
        arrivals.count(1, 7, -5, false);
        arrivals.count(2, 7, Long.MAX_VALUE, false);

        assertEquals(0, arrivals.latency().getMinValue());
        assertEquals(2, arrivals.latency().getTotalCount());
    }

    @Test
    void histogramsCrossProcessesAndComeTogether() {
        Histogram early = Latency.empty();
        Histogram late = Latency.empty();
        for (int i = 1; i <= 1000; i++) {
            early.recordValue(i * 1000L);
            late.recordValue(1_000_000L + i * 1000L);
        }

        Histogram both =
                Latency.together(
                        List.of(
                                Latency.read(Latency.write(early)),
                                Latency.read(Latency.write(late))));

        assertEquals(2000, both.getTotalCount());
        assertEquals(1_000_000, both.getValueAtPercentile(50), 2000);
        assertEquals(2_000_000, both.getMaxValue(), 2000);
    }
}
