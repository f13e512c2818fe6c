package dev.homing.observe.machine.text;

import static dev.homing.observe.machine.text.Shown.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConntrackTest {

    @Test
    void sumsTheCpusByTheNamesOfTheColumns() {
        String linux6 =
                """
                entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error  expect_new expect_create expect_delete search_restart
                00000abc  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 0000000f 00000010 00000001 00000000  00000000 00000000 00000000 00000000
                00000abc  00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000001 000000f0 00000002 00000000  00000000 00000000 00000000 00000000
                """;
        assertEquals(
                Map.of("drop", 256.0, "early_drop", 3.0, "insert_failed", 16.0),
                shown(Conntrack.counters(linux6)));
    }

    @Test
    void sumsIn32BitsSoThatAWrapOfOneCpuIsAWrapOfTheSum() {
        String before = "drop early_drop\nffffffff 0\n00000010 0\n";
        String after = "drop early_drop\n00000001 0\n00000010 0\n";
        double from = shown(Conntrack.counters(before)).get("drop");
        double to = shown(Conntrack.counters(after)).get("drop");
        assertEquals(15.0, from);
        assertEquals(from + 2, to);
    }

    @Test
    void leavesOutColumnsThatAreNotThere() {
        assertEquals(
                Map.of("drop", 1.0),
                shown(Conntrack.counters("entries searched drop\n00000001 00000002 00000001\n")));
        assertEquals(
                List.of(), Conntrack.counters("entries drop\n00000001\n"), "a line that is cut");
        assertEquals(List.of(), Conntrack.counters("entries drop\n"));
        assertEquals(List.of(), Conntrack.counters(""));
    }

    @Test
    void readsHowManyThereAreAndMayBe() {
        assertEquals(1234.0, Conntrack.entries("1234\n").orElseThrow().value());
        assertEquals(262144.0, Conntrack.max("262144\n").orElseThrow().value());
        assertEquals(List.of(), Conntrack.entries("").stream().toList());
    }
}
