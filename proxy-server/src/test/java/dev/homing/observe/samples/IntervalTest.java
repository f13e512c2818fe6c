package dev.homing.observe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntervalTest {

    private static Interval between(String before, String after) throws UnreadableText {
        return new Interval(Samples.parse(before), Samples.parse(after), Duration.ofMillis(2500));
    }

    @Test
    void tellsHowMuchCountersGrewAndHowFast() throws UnreadableText {
        Interval interval =
                between(
                        "a_total{x=\"1\"} 100\na_total{x=\"2\"} 7\n",
                        "a_total{x=\"1\"} 150\na_total{x=\"2\"} 7\n");

        assertEquals(50, interval.increase("a_total"));
        assertEquals(20, interval.rate("a_total", "x", "1"));
        assertEquals(0, interval.rate("a_total", "x", "2"));
        assertEquals(2.5, interval.seconds());
        assertFalse(interval.isRestarted());
    }

    @Test
    void aCounterThatWentBackBeganAtZero() throws UnreadableText {
        Interval interval = between("homing_x_total 100\n", "homing_x_total 30\n");

        assertEquals(30, interval.increase("homing_x_total"));
        assertEquals(Set.of("homing_x_total"), interval.wentBack());
        assertTrue(interval.isRestarted());
    }

    @Test
    void aCounterOfTheMachineThatWentBackIsNoRestart() throws UnreadableText {
        Interval interval = between("homing_machine_nic_total 9\n", "homing_machine_nic_total 2\n");

        assertEquals(2, interval.increase("homing_machine_nic_total"));
        assertEquals(Set.of("homing_machine_nic_total"), interval.wentBack());
        assertFalse(interval.isRestarted());
    }

    @Test
    void anotherStartTimeIsARestartThoughAllCountersAreHigher() throws UnreadableText {
        assertTrue(
                between(
                                "process_start_time_seconds 1.0E9\nhoming_x_total 1\n",
                                "process_start_time_seconds 1.000000007E9\nhoming_x_total 2\n")
                        .isRestarted());
        assertFalse(
                between(
                                "process_start_time_seconds 1.7000000001E9\n",
                                "process_start_time_seconds 1.7000000003E9\n")
                        .isRestarted());
    }

    @Test
    void aNewSeriesIsNotCounted() throws UnreadableText {
        assertEquals(
                5,
                between("a_total{x=\"1\"} 1\n", "a_total{x=\"1\"} 6\na_total{x=\"2\"} 1000\n")
                        .increase("a_total"));
    }

    @Test
    void tellsWhichValuesWereAddedToAHistogram() throws UnreadableText {
        Histogram added =
                between(
                                "h_bucket{le=\"1\"} 10\nh_bucket{le=\"+Inf\"} 10\nh_sum 5\n",
                                "h_bucket{le=\"1\"} 10\nh_bucket{le=\"+Inf\"} 14\nh_sum 25\n")
                        .histogram("h")
                        .orElseThrow();

        assertEquals(4, added.count());
        assertEquals(OptionalDouble.of(5), added.mean());
    }

    @Test
    void thereIsTimeBetweenTwoReadings() throws UnreadableText {
        Samples nothing = Samples.parse("");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Interval(nothing, nothing, Duration.ZERO));
    }
}
