package dev.homing.observe.machine.text;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// Lines of words and numbers between spaces and tabs, as the kernel writes most of its texts.
final class Columns {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Columns() {}

    /// At least one, which is empty for an empty line.
    static String[] of(String line) {
        return SPACE.split(line.strip(), -1);
    }

    /// A decimal number of up to 64 bits, unsigned; empty for anything else ("max").
    static OptionalDouble number(String text) {
        return number(text, 10);
    }

    /// The same in hexadecimal digits, without 0x.
    static OptionalDouble hexadecimal(String text) {
        return number(text, 16);
    }

    /// A text that is a number and nothing else, as a setting's.
    static OptionalDouble only(String text) {
        return number(text.strip());
    }

    private static OptionalDouble number(String text, int radix) {
        try {
            long bits = Long.parseUnsignedLong(text, radix);
            double value = bits >>> 1;
            return OptionalDouble.of(value * 2 + (bits & 1));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
