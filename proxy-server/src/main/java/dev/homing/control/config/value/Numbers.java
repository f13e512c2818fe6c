package dev.homing.control.config.value;

import java.util.OptionalInt;

/// Whole numbers: between two bounds, a word such as `auto` instead, or powers of two only.
public final class Numbers {

    private Numbers() {}

    public static Kind<Integer> between(int least, int most) {
        String form = "a whole number, " + least + " to " + most;
        return new Kind<>(form, text -> read(text, least, most, form), value -> value);
    }

    /// The word reads as an empty `OptionalInt`.
    public static Kind<OptionalInt> wordOrBetween(String word, int least, int most) {
        String form = "`" + word + "` or a whole number, " + least + " to " + most;
        return new Kind<>(
                form,
                text ->
                        text.equals(word)
                                ? Parsed.good(OptionalInt.empty())
                                : switch (read(text, least, most, form)) {
                                    case Parsed.Good<Integer>(Integer value) ->
                                            Parsed.good(OptionalInt.of(value));
                                    case Parsed.Bad<Integer>(String what, String remedy) ->
                                            Parsed.bad(what, remedy);
                                },
                value -> value.isPresent() ? (Object) value.getAsInt() : word);
    }

    public static Kind<Integer> powerOfTwo(int least, int most) {
        String form = "a power of two, " + least + " to " + most;
        return new Kind<>(
                form,
                text ->
                        switch (read(text, least, most, form)) {
                            case Parsed.Good<Integer>(Integer value)
                                    when Integer.bitCount(value) != 1 ->
                                    Parsed.bad(
                                            value + " is not a power of two",
                                            "Write "
                                                    + Integer.highestOneBit(value)
                                                    + " or "
                                                    + 2 * Integer.highestOneBit(value)
                                                    + ".");
                            case Parsed<Integer> other -> other;
                        },
                value -> value);
    }

    private static Parsed<Integer> read(String text, int least, int most, String form) {
        String remedy = Kind.remedy(form);
        if (!text.matches("-?[0-9]+")) {
            String digits = text.replace("_", "").replace(",", "");
            return Parsed.bad(
                    Shown.value(text) + " is not a whole number",
                    digits.matches("[0-9]+") ? "Write " + digits + ", digits only." : remedy);
        }
        // Eleven characters hold every int with its sign; anything longer is out of bounds anyway.
        long value = text.length() > 11 ? Long.MAX_VALUE : Long.parseLong(text);
        if (value < least || value > most) {
            return Parsed.bad(
                    text.length() > 11
                            ? Shown.value(text) + " is too long"
                            : value + " is out of range",
                    remedy);
        }
        return Parsed.good((int) value);
    }
}
