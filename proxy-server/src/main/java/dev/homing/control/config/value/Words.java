package dev.homing.control.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts: one of a few words, or a name that somebody gives to a pool or a backend.
public final class Words {

    private static final Pattern POOL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern BACKEND = Pattern.compile("[A-Za-z0-9.:/%\\[\\]_-]{1,200}");

    private static final Pattern DNS_NAME =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})*");

    private Words() {}

    /// One of an enum's constants, written in lower case with dashes.
    public static <E extends Enum<E>> Kind<E> oneOf(List<E> constants) {
        List<String> words = new ArrayList<>();
        constants.forEach(constant -> words.add(print(constant)));
        String choices = String.join(", ", words);
        return new Kind<>(
                "one of `" + String.join("`, `", words) + "`",
                text -> {
                    int index = words.indexOf(text);
                    return index >= 0
                            ? Parsed.good(constants.get(index))
                            : Parsed.bad(
                                    Shown.value(text) + " is not one of " + choices,
                                    Suggestion.didYouMean(text.toLowerCase(Locale.ROOT), words)
                                            + "Give one of "
                                            + choices
                                            + ".");
                },
                Words::print);
    }

    /// YAML 1.2's two words for a truth value.
    public static Kind<Boolean> yesOrNo() {
        return new Kind<>(
                "`true` or `false`",
                text ->
                        switch (text) {
                            case "true" -> Parsed.good(true);
                            case "false" -> Parsed.good(false);
                            default ->
                                    Parsed.bad(
                                            Shown.value(text) + " is neither true nor false",
                                            "Write true or false.");
                        },
                value -> value);
    }

    public static String print(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A pool's name becomes part of metric labels and of environment names, so it is kept plain.
    public static Kind<String> poolName() {
        return name(
                "a name: letters, digits, dots, dashes and underscores, at most 63",
                POOL,
                "Use letters, digits, dots, dashes and underscores, a letter or digit first, at most 63.");
    }

    /// RFC 1123 section 2.1: letters, digits and dashes between dots.
    public static Kind<String> dnsName() {
        return name(
                "a DNS name: letters, digits, dashes and dots, at most 253",
                DNS_NAME,
                "Write it as it stands before the port in a URL.");
    }

    /// A backend's name may be an address with its port, and `NAME/ADDRESS` where one name has
    /// several addresses.
    public static Kind<String> backendName() {
        return name(
                "a name: letters, digits and `. : / [ ] _ - %`, at most 200",
                BACKEND, "Use letters, digits and . : / [ ] _ - % only, at most 200.");
    }

    public static Kind<String> filePath() {
        return new Kind<>(
                "a path, relative to the working directory",
                text ->
                        text.isEmpty() || text.indexOf('\0') >= 0
                                ? Parsed.bad(Shown.value(text) + " is not a path", "Give a path.")
                                : Parsed.good(text),
                path -> path);
    }

    private static Kind<String> name(String form, Pattern pattern, String remedy) {
        return new Kind<>(
                form,
                text ->
                        pattern.matcher(text).matches()
                                ? Parsed.good(text)
                                : Parsed.bad(Shown.value(text) + " cannot be a name", remedy),
                name -> name);
    }
}
