package dev.homing.observe.top;

import java.util.Locale;
import java.util.OptionalDouble;

/// Numbers for a terminal; `-` is what nobody knows.
final class Figures {

    private static final String UNKNOWN = "-";
    private static final double MEGA = 1e6;
    private static final int BAR_LENGTH = 10;
    private static final long[] UNIT_S = {86_400, 3600, 60, 1};
    private static final String[] UNIT = {"d", "h", "min", "s"};

    private Figures() {}

    /// `12 345`, and `0.4` for what is less than ten and not whole.
    static String number(double number) {
        boolean isFraction = number < 10 && number != Math.rint(number);
        return isFraction
                ? String.format(Locale.ROOT, "%.1f", number)
                : String.format(Locale.ROOT, "%,d", Math.round(number)).replace(',', ' ');
    }

    static String number(OptionalDouble number) {
        return number.isPresent() ? number(number.getAsDouble()) : UNKNOWN;
    }

    static String percent(OptionalDouble share) {
        return share.isPresent() ? number(share.getAsDouble() * 100) + " %" : UNKNOWN;
    }

    static String megabits(OptionalDouble bits) {
        return bits.isPresent() ? number(bits.getAsDouble() / MEGA) : UNKNOWN;
    }

    /// `######....`
    static String bar(OptionalDouble share) {
        int filled =
                (int) Math.clamp(Math.round(share.orElse(0) * BAR_LENGTH), 0, (long) BAR_LENGTH);
        return share.isPresent() ? "#".repeat(filled) + ".".repeat(BAR_LENGTH - filled) : "";
    }

    /// `3 d 4 h`: the two largest units.
    static String duration(double seconds) {
        long left = (long) seconds;
        for (int i = 0; i < UNIT.length - 1; i++) {
            if (left >= UNIT_S[i]) {
                return "%d %s %d %s"
                        .formatted(
                                left / UNIT_S[i],
                                UNIT[i],
                                left % UNIT_S[i] / UNIT_S[i + 1],
                                UNIT[i + 1]);
            }
        }
        return left + " s";
    }
}
