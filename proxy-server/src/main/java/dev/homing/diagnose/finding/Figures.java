package dev.homing.diagnose.finding;

import java.util.Locale;

/// Numbers as people read them.
public final class Figures {

    private static final double KIBI = 1024;

    private Figures() {}

    /// `1 234 567`
    public static String count(double number) {
        return String.format(Locale.ROOT, "%,d", Math.round(number)).replace(',', ' ');
    }

    /// A rate: whole from 10 on, with a decimal below.
    public static String rate(double perSecond) {
        return perSecond == 0 || perSecond >= 10
                ? count(perSecond)
                : String.format(Locale.ROOT, "%.1f", perSecond);
    }

    /// A share of 1 as `97 %`, with a decimal below one percent.
    public static String percent(double share) {
        double percent = share * 100;
        return percent == 0 || percent >= 1
                ? Math.round(percent) + " %"
                : String.format(Locale.ROOT, "%.2g %%", Math.max(percent, 0.01));
    }

    /// `208 KiB`, in the largest unit that leaves a number from 1 on.
    public static String octets(double number) {
        if (number >= KIBI * KIBI) {
            return decimal(number / KIBI / KIBI) + " MiB";
        }
        return number >= KIBI ? decimal(number / KIBI) + " KiB" : count(number) + " octets";
    }

    private static String decimal(double number) {
        return number == Math.rint(number)
                ? count(number)
                : String.format(Locale.ROOT, "%.1f", number);
    }

    /// `5.0 s`
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    /// A short time in the unit that fits it.
    public static String time(double seconds) {
        if (seconds >= 1) {
            return seconds(seconds);
        }
        return seconds >= 1e-3
                ? String.format(Locale.ROOT, "%.1f ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.0f µs", seconds * 1e6);
    }
}
