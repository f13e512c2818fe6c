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
                        "udp",
                        "socket",
                        "receiver",
                        "queue",
                        "shard",
                        "send",
                        "backend"),
                DatagramPath.TO_BACKENDS.hops().stream().map(Hop::name).toList());
        assertEquals(
                List.of("backend", "socket", "shard", "send", "nic"),
                DatagramPath.TO_CLIENTS.hops().stream().map(Hop::name).toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyDropReasonIsCountedAtOneHopOfTheWayThatItEnds(DropReason reason) {
        for (DatagramPath path : DatagramPath.ALL) {
            List<String> hops = new ArrayList<>();
            for (Hop hop : path.hops()) {
                for (Loss loss : hop.losses()) {
                    if (loss.counter().labels().contains(reason.label())) {
                        hops.add(hop.name());
                        assertEquals(reason.remedy(), loss.remedy());
                    }
                }
            }
            assertEquals(List.of(DropPlace.of(path.from(), reason).hop()), hops, path.title());
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
                            () -> hop.title() + ": nobody is busy here");
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
