package dev.homing.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RateScheduleTest {

    @Test
    void burstsAreDueAtEvenDistances() {
        RateSchedule schedule = new RateSchedule(1000, 100_000, 32);

        assertEquals(1000, schedule.dueNanos(0));
        assertEquals(1000 + 320_000, schedule.dueNanos(1));
        assertEquals(1000 + 3125 * 320_000L, schedule.dueNanos(3125));
    }

    @Test
    void anHourOfBurstsDoesNotDrift() {
        RateSchedule schedule = new RateSchedule(0, 70_001, 1);
        long hour = RateSchedule.bursts(70_001, 1, 3600);

        assertEquals(3600e9, (double) schedule.dueNanos(hour), 1000);
    }

    @Test
    void aSecondHasAsManyDatagramsAsTheRateSays() {
        assertEquals(3125, RateSchedule.bursts(100_000, 32, 1));
        assertEquals(1, RateSchedule.bursts(10, 32, 0.1), "never nothing");
    }

    @Test
    void noRateIsNoSchedule() {
        assertThrows(IllegalArgumentException.class, () -> new RateSchedule(0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RateSchedule(0, 1, 0));
    }

    @Test
    void anIntroductionHasOneDatagramForEachAddress() {
        for (int flows : new int[] {1, 31, 1000, 65_536, 65_537, 1_000_000}) {
            Traffic traffic = new Traffic(200, 1, 32, flows, Pattern.ADDRESSES, 1000, 1, 10);
            Traffic once = traffic.once(50_000);
            long datagrams = once.bursts() * once.burstDatagrams();

            assertTrue(traffic.sockets() * traffic.addresses() >= flows, "addresses for " + flows);
            assertTrue(datagrams >= flows, datagrams + " for " + flows);
            assertTrue(datagrams <= flows + 64L * 33, datagrams + " for " + flows);
        }
    }

    @Test
    void whatAStationIsToldIsWhatWasMeant() {
        Traffic traffic = new Traffic(1200, 16, 1, 64, Pattern.SOCKETS, 100_000, 2.5, 10);

        assertEquals(traffic, Traffic.of(traffic.asValues()));
    }

    @Test
    void aTrainIsNotLongerThanADatagramOfTheKernelCanBe() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Traffic(1200, 64, 1, 64, Pattern.SOCKETS, 1000, 1, 10));
    }
}
