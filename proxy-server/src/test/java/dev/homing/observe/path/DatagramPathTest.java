package dev.homing.observe.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.command.Json;
import dev.homing.ledger.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DatagramPathTest {

    @Test
    void hopsStandInTheOrderOfTheWay() {
        assertEquals(
                List.of(
                        "nic",
                        "softirq",
                        "firewall",
                        "udp",
                        "socket",
                        "receiver",
                        "queue",
                        "shard",
                        "send",
                        "backend"),
                labels(DatagramPath.TO_BACKENDS));
        assertEquals(
                List.of("answer-socket", "answer-shard", "answer-send", "answer-nic"),
                labels(DatagramPath.TO_CLIENTS));
    }

    private static List<String> labels(DatagramPath path) {
        return path.hops().stream().map(hop -> hop.place().label()).toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyDropReasonIsCountedAtOneHopOfTheWayThatItEnds(DropReason reason) {
        for (DatagramPath path : DatagramPath.ALL) {
            List<String> hops = new ArrayList<>();
            for (Hop hop : path.hops()) {
                for (Loss loss : hop.losses()) {
                    if (loss.counter().labels().contains(reason.label())) {
                        hops.add(hop.place().label());
                        assertEquals(reason.remedy(), loss.remedy());
                    }
                }
            }
            assertEquals(List.of(DropPlace.of(path.from(), reason).label()), hops, path.title());
        }
    }

    @Test
    void everyLossSaysWhatItIsAndWhatHelps() {
        for (DatagramPath path : DatagramPath.ALL) {
            for (Hop hop : path.hops()) {
                assertTrue(hop.sentence().endsWith("."), hop.sentence());
                List<Loss> told = new ArrayList<>(hop.losses());
                told.addAll(hop.signs());
                for (Loss loss : told) {
                    assertTrue(loss.what().endsWith("."), loss.what());
                    assertTrue(loss.remedy().matches("(?s).*[.]"), loss.remedy());
                    assertFalse(
                            hop.thread().isEmpty() && !loss.remedyWhenBusy().isEmpty(),
                            () -> hop.place() + ": nobody is busy here");
                }
            }
        }
    }

    @Test
    void isWrittenAsJson() {
        String json = Json.line(Reference.values());

        assertTrue(json.contains("\"name\":\"softirq\""), json);
        assertTrue(json.contains("\"metric\":\"homing_socket_kernel_drops_total\""), json);
        assertTrue(json.contains(Json.line(DropReason.NO_BACKEND.remedy())), json);
    }
}
