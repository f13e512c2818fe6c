package dev.homing.control.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// CPUs by their numbers, in the order of writing: `2-5,8`. As in cpuset(7), but the order counts,
/// and each is named once.
public final class CpuLists {

    /// As many as Linux can be built for (CONFIG_NR_CPUS).
    public static final int CPUS_MAX = 8192;

    private static final String ANY = "any";
    private static final Pattern PART = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");
    private static final String REMEDY =
            "Give numbers and ranges with commas between them, such as 2-5,8, or any.";

    private CpuLists() {}

    /// The word reads as an empty list.
    public static Kind<List<Integer>> anyOrNumbers() {
        return new Kind<>("`any`, or CPUs such as `2-5,8`", CpuLists::read, CpuLists::print);
    }

    private static Parsed<List<Integer>> read(String text) {
        List<Integer> cpus = new ArrayList<>();
        if (text.equals(ANY)) {
            return Parsed.good(cpus);
        }
        for (String part : text.split(",", -1)) {
            Matcher range = PART.matcher(part.strip());
            if (!range.matches()) {
                return Parsed.bad(Shown.value(text) + " is not a list of CPUs", REMEDY);
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first || last >= CPUS_MAX) {
                return Parsed.bad(Shown.value(part.strip()) + " is no range of CPUs", REMEDY);
            }
            for (int cpu = first; cpu <= last; cpu++) {
                if (cpus.contains(cpu)) {
                    return Parsed.bad("CPU " + cpu + " is there twice", "Name each CPU once.");
                }
                cpus.add(cpu);
            }
        }
        return Parsed.good(List.copyOf(cpus));
    }

    public static String print(List<Integer> cpus) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < cpus.size()) {
            int first = i;
            while (i + 1 < cpus.size() && cpus.get(i + 1) == cpus.get(i) + 1) {
                i++;
            }
            text.append(text.isEmpty() ? "" : ",").append(cpus.get(first));
            if (i > first) {
                text.append('-').append(cpus.get(i));
            }
            i++;
        }
        return text.isEmpty() ? ANY : text.toString();
    }
}
