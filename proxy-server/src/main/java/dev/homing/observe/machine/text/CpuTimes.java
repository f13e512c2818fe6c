package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/// `/proc/stat`, its lines of CPUs (proc(5)).
///
/// ```
/// cpu  user nice system idle iowait irq softirq steal guest guest_nice     all together
/// cpu0 …                                                                  those that are online
/// ```
///
/// Guests' time is in user and nice as well, and so is left out.
public final class CpuTimes {

    private static final List<String> MODES =
            List.of("user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal");

    /// USER_HZ, which is 100 on every architecture with a 64-bit kernel that a current JVM runs on
    /// (include/uapi/asm-generic/param.h).
    private static final double TICKS_PER_SECOND = 100;

    private static final String ALL = "cpu";

    private CpuTimes() {}

    /// @param stat the text of `/proc/stat`
    public static List<Reading> of(String stat) {
        List<Reading> readings = new ArrayList<>();
        for (String[] columns : cpuLines(stat)) {
            if (columns[0].equals(ALL)) {
                for (int i = 0; i < Math.min(MODES.size(), columns.length - 1); i++) {
                    String mode = MODES.get(i);
                    Columns.number(columns[i + 1])
                            .ifPresent(ticks ->
                                    readings.add(
                                            Reading.of(
                                                    Quantity.CPU_SECONDS,
                                                    ticks / TICKS_PER_SECOND,
                                                    mode)));
                }
            }
        }
        List<Integer> online = online(stat);
        if (!online.isEmpty()) {
            readings.add(Reading.of(Quantity.CPUS, online.size()));
        }
        return readings;
    }

    /// The numbers of the CPUs that are online, in ascending order.
    public static List<Integer> online(String stat) {
        List<Integer> online = new ArrayList<>();
        for (String[] columns : cpuLines(stat)) {
            if (columns[0].matches("cpu[0-9]{1,6}")) {
                online.add(Integer.parseInt(columns[0].substring(ALL.length())));
            }
        }
        return online;
    }

    /// They are the first; the line of interrupts after them is long.
    private static List<String[]> cpuLines(String stat) {
        return stat.lines().takeWhile(line -> line.startsWith(ALL)).map(Columns::of).toList();
    }
}
