package dev.homing.observe.machine.text;

import static dev.homing.observe.machine.text.Shown.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoftnetTest {

    @Test
    void readsHexadecimalColumnsAndTheCpuThatALineNames() {
        String linux618 =
                """
                117d8d2e 00000000 000000c8 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
                ffffffff 0000001f 000000da 00000000 00000000 00000000 00000000 00000000 00000000 00000005 0000000a 00000000 0000000b 00000000 00000000
                """;
        assertEquals(
                Map.of(
                        "0 processed", (double) 0x117d8d2eL,
                        "0 dropped", 0.0,
                        "0 squeezed", 200.0,
                        "0 flow_limited", 0.0,
                        "11 processed", 4294967295.0,
                        "11 dropped", 31.0,
                        "11 squeezed", 218.0,
                        "11 flow_limited", 10.0),
                shown(Softnet.of(linux618, List.of(0, 11))));
    }

    @Test
    void takesCpusInTheirOrderWhereTheLinesDoNotNameThem() {
        String linux310 =
                """
                00358fe3 00006283 00000000 00000000 00000000 00000000 00000000 00000000 00000000 000855fc 00000001
                00953d1a 00000446 00000000 00000000 00000000 00000000 00000000 00000000 00000000 008eeb9a 00000002
                """;
        Map<String, Double> shown = shown(Softnet.of(linux310, List.of(0, 2)));
        assertEquals((double) 0x6283, shown.get("0 dropped"));
        assertEquals((double) 0x446, shown.get("2 dropped"));
        assertEquals(2.0, shown.get("2 flow_limited"));
        assertEquals(8, shown.size());
    }

    @Test
    void numbersTheLinesWhereItDoesNotKnowTheCpus() {
        String text = "00000001 00000002 00000003\n00000004 00000005 00000006\n";
        Map<String, Double> expected =
                Map.of(
                        "0 processed", 1.0,
                        "0 dropped", 2.0,
                        "0 squeezed", 3.0,
                        "1 processed", 4.0,
                        "1 dropped", 5.0,
                        "1 squeezed", 6.0);
        assertEquals(expected, shown(Softnet.of(text, List.of())));
        // One CPU went off between the reading of two files.
        assertEquals(expected, shown(Softnet.of(text, List.of(0, 2, 3))));
    }

    @Test
    void leavesOutTheFlowLimitOfAKernelThatHasNone() {
        String linux2632 =
                "00358fe3 00006283 00000007 00000000 00000000 00000000 00000000 00000000 00000000 00000000\n";
        assertEquals(
                Map.of(
                        "0 processed", (double) 0x358fe3,
                        "0 dropped", (double) 0x6283,
                        "0 squeezed", 7.0),
                shown(Softnet.of(linux2632, List.of(0))));
    }

    @Test
    void readsMachinesWithManyCpus() {
        StringBuilder text = new StringBuilder();
        Map<String, Double> expected = new HashMap<>();
        for (int cpu : IntStream.range(0, 512).toArray()) {
            text.append(
                    "%08x %08x %08x 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 %08x\n"
                            .formatted(cpu * 3, cpu * 5, cpu * 7, cpu));
            expected.put(cpu + " processed", cpu * 3.0);
            expected.put(cpu + " dropped", cpu * 5.0);
            expected.put(cpu + " squeezed", cpu * 7.0);
            expected.put(cpu + " flow_limited", 0.0);
        }
        assertEquals(expected, shown(Softnet.of(text.toString(), List.of())));
    }

    @Test
    void takesNothingFromAnEmptyText() {
        assertEquals(List.of(), Softnet.of("", List.of(0)));
        assertEquals(List.of(), Softnet.of("\n", List.of(0)));
    }
}
