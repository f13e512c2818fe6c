package dev.homing.observe.top.reading;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names as people sort them: `recv-2` before `recv-10`.
final class InOrder {

    private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]{1,18})");

    static final Comparator<String> OF_NAMES =
            Comparator.comparing(InOrder::word)
                    .thenComparingLong(InOrder::number)
                    .thenComparing(Comparator.naturalOrder());

    private InOrder() {}

    private static String word(String name) {
        Matcher parts = NUMBERED.matcher(name);
        return parts.matches() ? parts.group(1) : name;
    }

    private static long number(String name) {
        Matcher parts = NUMBERED.matcher(name);
        return parts.matches() ? Long.parseLong(parts.group(2)) : -1;
    }
}
