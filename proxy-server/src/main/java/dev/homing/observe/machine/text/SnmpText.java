package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The two ways in which the kernel prints the counters of a protocol.
///
/// ```
/// IPv4   Udp: InDatagrams NoPorts …          IPv6   Udp6InDatagrams    34785465
///        Udp: 470923835 27962587 …                  Udp6NoPorts        1264
/// ```
final class SnmpText {

    private final Quantity quantity;
    private final Map<String, String> counters;

    /// @param counters from the kernel's names to ours; others are left out
    SnmpText(Quantity quantity, Map<String, String> counters) {
        this.quantity = quantity;
        this.counters = counters;
    }

    /// @param prefix of the line with the names and of the one with the values
    List<Reading> ofIp4(String text, String prefix) {
        List<String[]> lines =
                text.lines().filter(line -> line.startsWith(prefix)).map(Columns::of).toList();
        List<Reading> readings = new ArrayList<>();
        if (lines.size() == 2) {
            String[] names = lines.getFirst();
            String[] values = lines.getLast();
            for (int i = 1; i < Math.min(names.length, values.length); i++) {
                add(readings, "ip4", names[i], values[i]);
            }
        }
        return readings;
    }

    /// @param prefix of each name
    List<Reading> ofIp6(String text, String prefix) {
        List<Reading> readings = new ArrayList<>();
        text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(Columns::of)
                .filter(columns -> columns.length == 2)
                .forEach(columns ->
                        add(readings, "ip6", columns[0].substring(prefix.length()), columns[1]));
        return readings;
    }

    private void add(List<Reading> readings, String family, String name, String value) {
        @Nullable String counter = counters.get(name);
        if (counter != null) {
            Columns.number(value)
                    .ifPresent(n -> readings.add(Reading.of(quantity, n, family, counter)));
        }
    }
}
