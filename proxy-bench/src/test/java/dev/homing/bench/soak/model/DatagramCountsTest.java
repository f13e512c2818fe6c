package dev.homing.bench.soak.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.observe.samples.Samples;
import dev.homing.observe.samples.UnreadableText;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramCountsTest {

    private static DatagramCounts books(long received, long sent, long dropped, long queued)
            throws UnreadableText {
        return DatagramCounts.of(
                Samples.parse(
                        """
                        homing_datagrams_received_total{side="client"} %d
                        homing_datagrams_sent_total{side="backend"} %d
                        homing_datagrams_dropped_total{reason="empty",side="client"} %d
                        homing_datagrams_dropped_total{reason="no_session",side="backend"} 5
                        homing_datagrams_dropped_total{reason="draining",side="client"} 0
                        homing_datagrams_received_total{side="backend"} 105
                        homing_datagrams_sent_total{side="client"} 100
                        homing_handoff_queue_depth{receiver="recv-0",shard="shard-0"} %d
                        """
                                .formatted(received, sent, dropped, queued)));
    }

    @Test
    void booksThatBalanceDoAndDropsHaveTheirReasons() throws UnreadableText {
        DatagramCounts books = books(1_000, 990, 10, 0);
        assertTrue(books.isBalanced());
        assertEquals(Map.of("empty", 10L, "no_session", 5L), books.drops());
    }

    @ParameterizedTest
    @CsvSource({"1001, 990, 10, 0", "1000, 991, 10, 0", "1000, 990, 9, 0", "1001, 990, 10, 1"})
    void oneDatagramTooManyOrTooFewIsSeen(long received, long sent, long dropped, long queued)
            throws UnreadableText {
        assertFalse(books(received, sent, dropped, queued).isBalanced());
    }

    @Test
    void whileTrafficFlowsMoreMayNotBeMissingThanThereIsRoomFor() throws UnreadableText {
        DatagramCounts before = books(1_000, 990, 10, 0);
        assertEquals("", books(1_200, 1_000, 10, 0).whyImpossible(before, 50).orElse(""));
        assertTrue(books(1_200, 890, 10, 0).whyImpossible(before, 50).isPresent());
        assertTrue(books(1_200, 1_500, 10, 0).whyImpossible(before, 50).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "empty, NOISE, true",
        "empty, REBOUND, false",
        "no_session, EARLIER_LIFE, true",
        "no_backend, NOISE, false",
        "send_failed, SERVER_KILLED, false",
        "a_reason_that_is_new, NOISE, false",
        "draining, STOPPING, true"
    })
    void aDropHasACauseOrIsAViolation(String reason, Cause happened, boolean mayAppear) {
        assertEquals(mayAppear, DropCauses.mayAppear(reason, EnumSet.of(happened)));
        assertFalse(DropCauses.mayAppear(reason, EnumSet.noneOf(Cause.class)));
    }
}
