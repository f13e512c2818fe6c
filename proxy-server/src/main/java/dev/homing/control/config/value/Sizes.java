package dev.homing.control.config.value;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes: `4MiB` (2^20), `4MB` (10^6), `65536`. `4M` is refused, because tools disagree
/// about which it is.
public final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?([A-Za-z]*)");

    /// Largest first, the order in which they are tried when printing.
    private static final Map<String, Long> UNIT_BYTES = new LinkedHashMap<>();

    static {
        UNIT_BYTES.put("GiB", 1L << 30);
        UNIT_BYTES.put("MiB", 1L << 20);
        UNIT_BYTES.put("KiB", 1L << 10);
        UNIT_BYTES.put("GB", 1_000_000_000L);
        UNIT_BYTES.put("MB", 1_000_000L);
        UNIT_BYTES.put("kB", 1_000L);
        UNIT_BYTES.put("B", 1L);
        UNIT_BYTES.put("", 1L);
    }

    private Sizes() {}

    public static Kind<Integer> between(int leastBytes, int mostBytes) {
        String form = "a size, " + print(leastBytes) + " to " + print(mostBytes);
        return new Kind<>(form, text -> read(text, leastBytes, mostBytes, form), Sizes::print);
    }

    private static Parsed<Integer> read(String text, int leastBytes, int mostBytes, String form) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Parsed.bad(
                    Shown.value(text) + " is not a size",
                    "Give a whole number of bytes or one with KiB, MiB or GiB, for example 4MiB.");
        }
        String number = size.group(1);
        String unit = size.group(2);
        Long unitBytes = UNIT_BYTES.get(unit);
        if (unitBytes == null) {
            String meant = unit.substring(0, 1).toUpperCase(Locale.ROOT) + "iB";
            return Parsed.bad(
                    Shown.value(text) + " has an unknown unit",
                    UNIT_BYTES.containsKey(meant)
                            ? "Write " + number + meant + "."
                            : "Use KiB, MiB or GiB, for example 4MiB.");
        }
        long bytes = Long.parseLong(number) * unitBytes;
        if (bytes < leastBytes || bytes > mostBytes) {
            return Parsed.bad(Shown.value(text) + " is out of range", Kind.remedy(form));
        }
        return Parsed.good((int) bytes);
    }

    private static String print(int bytes) {
        for (Map.Entry<String, Long> unit : UNIT_BYTES.entrySet()) {
            if (unit.getKey().endsWith("iB") && bytes % unit.getValue() == 0 && bytes > 0) {
                return bytes / unit.getValue() + unit.getKey();
            }
        }
        return Integer.toString(bytes);
    }
}
