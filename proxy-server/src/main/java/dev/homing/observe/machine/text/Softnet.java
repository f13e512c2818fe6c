package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// `/proc/net/softnet_stat`: a line for each CPU that is online, hexadecimal (softnet_seq_show in
/// net/core/net-procfs.c).
///
/// ```
/// processed dropped squeezed 0 0 0 0 0 collisions rps-received flow-limited backlog cpu …
///  117d8d2e 00000000 000000c8                                     (3.11)    (5.10)
/// ```
///
/// Before Linux 5.10 a line does not say whose it is: they come in the order of the CPUs that are
/// online.
public final class Softnet {

    private static final int PROCESSED = 0;
    private static final int DROPPED = 1;
    private static final int SQUEEZED = 2;
    private static final int FLOW_LIMITED = 10;
    private static final int CPU = 12;

    private Softnet() {}

    /// @param text of the file
    /// @param online the numbers of the CPUs that are online, in ascending order; may be empty
    ///   where that is not known
    public static List<Reading> of(String text, List<Integer> online) {
        List<Reading> readings = new ArrayList<>();
        List<String[]> lines =
                text.lines().filter(line -> !line.isBlank()).map(Columns::of).toList();
        for (int i = 0; i < lines.size(); i++) {
            String[] columns = lines.get(i);
            String cpu = cpu(columns, i, lines.size() == online.size() ? online : List.of());
            add(readings, columns, PROCESSED, cpu, "processed");
            add(readings, columns, DROPPED, cpu, "dropped");
            add(readings, columns, SQUEEZED, cpu, "squeezed");
            add(readings, columns, FLOW_LIMITED, cpu, "flow_limited");
        }
        return readings;
    }

    private static String cpu(String[] columns, int line, List<Integer> online) {
        if (columns.length > CPU) {
            OptionalDouble cpu = Columns.hexadecimal(columns[CPU]);
            if (cpu.isPresent()) {
                return Integer.toString((int) cpu.getAsDouble());
            }
        }
        return Integer.toString(online.isEmpty() ? line : online.get(line));
    }

    private static void add(
            List<Reading> readings, String[] columns, int column, String cpu, String counter) {
        if (column < columns.length) {
            Columns.hexadecimal(columns[column])
                    .ifPresent(n -> readings.add(Reading.of(Quantity.SOFTNET, n, cpu, counter)));
        }
    }
}
