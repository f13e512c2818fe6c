package dev.homing.control.config.value;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them: `500ms`, `10s`, `2m`, `1h30m`. A number without a unit is
/// refused, because a reader cannot tell whether it means seconds or milliseconds.
public final class Durations {

    private static final Pattern DURATION =
            Pattern.compile(
                    "(?:([0-9]{1,12})h)?(?:([0-9]{1,12})m)?(?:([0-9]{1,12})s)?(?:([0-9]{1,12})ms)?");

    /// What the groups of the pattern count.
    private static final long[] UNIT_MS = {3_600_000, 60_000, 1_000, 1};

    private static final String[] UNIT = {"h", "m", "s", "ms"};

    private static final Pattern MICROSECONDS = Pattern.compile("([0-9]{1,9})us");
    private static final long NS_PER_US = 1_000;
    private static final String OFF = "off";

    private Durations() {}

    public static Kind<Duration> between(Duration least, Duration most) {
        String form = "a duration, " + print(least) + " to " + print(most);
        return new Kind<>(form, text -> read(text, least, most), Durations::print);
    }

    /// Short times, `50us`; the word `off` reads as zero.
    public static Kind<Duration> offOrMicroseconds(int least, int most) {
        String form = "`off`, or " + least + "us to " + most + "us";
        return new Kind<>(
                form,
                text -> readMicroseconds(text, least, most, form),
                value -> value.isZero() ? OFF : value.toNanos() / NS_PER_US + "us");
    }

    private static Parsed<Duration> readMicroseconds(
            String text, int least, int most, String form) {
        if (text.equals(OFF)) {
            return Parsed.good(Duration.ZERO);
        }
        Matcher micros = MICROSECONDS.matcher(text);
        if (!micros.matches()) {
            return Parsed.bad(
                    Shown.value(text) + " is not a time in microseconds", Kind.remedy(form));
        }
        int value = Integer.parseInt(micros.group(1));
        return value < least || value > most
                ? Parsed.bad(Shown.value(text) + " is out of range", Kind.remedy(form))
                : Parsed.good(Duration.ofNanos(value * NS_PER_US));
    }

    private static Parsed<Duration> read(String text, Duration least, Duration most) {
        if (text.matches("[0-9]+")) {
            return Parsed.bad(
                    Shown.value(text) + " has no unit", "Write " + text + "s if it means seconds.");
        }
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Parsed.bad(
                    Shown.value(text) + " is not a duration",
                    "Give whole numbers with h, m, s or ms: 10s, 2m, 1h30m, 500ms.");
        }
        // Twelve digits of hours are 3.6e18 ms, so that the sum of all four parts still fits a
        // long.
        long totalMs = 0;
        for (int i = 0; i < UNIT.length; i++) {
            String count = parts.group(i + 1);
            totalMs += count == null ? 0 : Long.parseLong(count) * UNIT_MS[i];
        }
        if (totalMs > most.toMillis()) {
            return Parsed.bad(
                    Shown.value(text) + " is too long", "Give at most " + print(most) + ".");
        }
        if (totalMs < least.toMillis()) {
            return Parsed.bad(
                    Shown.value(text) + " is too short", "Give at least " + print(least) + ".");
        }
        return Parsed.good(Duration.ofMillis(totalMs));
    }

    public static String print(Duration duration) {
        long leftMs = duration.toMillis();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < UNIT.length; i++) {
            long count = leftMs / UNIT_MS[i];
            leftMs %= UNIT_MS[i];
            if (count > 0) {
                text.append(count).append(UNIT[i]);
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
