package dev.homing.bench.report;

import dev.homing.bench.measure.Spread;
import java.util.Locale;

/// Numbers as people read them: three digits that count, thousands apart.
public final class Figures {

    private static final int THOUSAND = 1000;

    private Figures() {}

    public static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) || size >= 100) {
            return whole(Math.round(value));
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }

    /// With a thin blank between thousands (ISO 80000-1 section 7.3.1).
    public static String whole(long value) {
        String digits = String.format(Locale.ROOT, "%,d", value);
        return Math.abs(value) < 10L * THOUSAND
                ? digits.replace(",", "")
                : digits.replace(',', '\u202f');
    }

    /// Smallest to greatest reading.
    public static String range(Spread spread) {
        return spread.rounds().size() == 1
                ? ""
                : text(spread.least()) + " … " + text(spread.greatest());
    }
}
