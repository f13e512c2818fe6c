package dev.homing.reference;

import dev.homing.observe.machine.reading.Label;
import dev.homing.observe.machine.reading.Quantity;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The metrics of the machine, from the code and not from a scrape: not every machine shows all.
final class MachineTable {

    private MachineTable() {}

    /// Whether the table has this metric.
    static boolean has(String metric) {
        return Stream.of(Quantity.values()).anyMatch(quantity -> quantity.metric().equals(metric));
    }

    static String markdown() {
        String head =
                """

                ## machine

                From `/proc` and `/sys` at each scrape. What a kernel does not count, or a container does not show, is left
                out. Interfaces are those with a device behind them that are up; in a container that has none, all but the
                loopback.

                | metric | type | labels | what it says |
                |---|---|---|---|
                """;
        return Stream.of(Quantity.values())
                .sorted(Comparator.comparing(Quantity::metric))
                .map(MachineTable::line)
                .collect(Collectors.joining("", head, ""));
    }

    private static String line(Quantity quantity) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        quantity.metric(),
                        quantity.isCounter() ? "counter" : "gauge",
                        quantity.labels().stream()
                                .map(MachineTable::label)
                                .collect(Collectors.joining("; ")),
                        quantity.sentence());
    }

    private static String label(Label label) {
        return label.values().isEmpty()
                ? label.name()
                : label.name() + ": " + String.join(", ", label.values());
    }
}
