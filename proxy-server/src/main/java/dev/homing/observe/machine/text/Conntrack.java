package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What connection tracking says of itself, where it is loaded.
///
/// `/proc/net/stat/nf_conntrack` has a line of names and one of hexadecimal 32-bit numbers for each
/// CPU. The names and their order differ between kernels.
public final class Conntrack {

    private static final List<String> COUNTERS = List.of("drop", "early_drop", "insert_failed");
    private static final long MODULUS = 1L << 32;

    private Conntrack() {}

    /// @param stat the text of `/proc/net/stat/nf_conntrack`
    public static List<Reading> counters(String stat) {
        List<Reading> readings = new ArrayList<>();
        List<String[]> lines = stat.lines().map(Columns::of).toList();
        if (lines.size() < 2) {
            return readings;
        }
        List<String> names = List.of(lines.getFirst());
        for (String counter : COUNTERS) {
            sum(lines.subList(1, lines.size()), names.indexOf(counter))
                    .ifPresent(n -> readings.add(Reading.of(Quantity.CONNTRACK, n, counter)));
        }
        return readings;
    }

    /// Where one of the numbers wraps, so does their sum in 32 bits.
    private static OptionalDouble sum(List<String[]> lines, int column) {
        double sum = 0;
        for (String[] columns : lines) {
            OptionalDouble value =
                    column >= 0 && column < columns.length
                            ? Columns.hexadecimal(columns[column])
                            : OptionalDouble.empty();
            if (value.isEmpty()) {
                return OptionalDouble.empty();
            }
            sum += value.getAsDouble();
        }
        return OptionalDouble.of(sum % MODULUS);
    }

    /// @param count the text of `nf_conntrack_count`
    public static Optional<Reading> entries(String count) {
        return Single.of(Quantity.CONNTRACK_ENTRIES, count);
    }

    /// @param max the text of `nf_conntrack_max`
    public static Optional<Reading> max(String max) {
        return Single.of(Quantity.CONNTRACK_MAX, max);
    }
}
