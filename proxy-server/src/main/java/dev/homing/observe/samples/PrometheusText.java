package dev.homing.observe.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads the Prometheus text format 0.0.4, line by line:
///
/// ```
/// # HELP and # TYPE and other comments are passed over
/// name{label="value",other="a \"quote\", a \\ and a \n"} 1.5e3 1700000000000
/// name +Inf
/// ```
///
/// A time at the end of a line, in milliseconds, is read and not kept: all of one answer is of one
/// moment here. https://prometheus.io/docs/instrumenting/exposition_formats/
final class PrometheusText {

    private final String line;
    private final int number;
    private int at;

    private PrometheusText(String line, int number) {
        this.line = line;
        this.number = number;
    }

    static List<Sample> read(String text) throws UnreadableText {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (!stripped.isEmpty() && stripped.charAt(0) != '#') {
                samples.add(new PrometheusText(stripped, number).sample());
            }
        }
        return samples;
    }

    private Sample sample() throws UnreadableText {
        String name = name();
        passBlanks();
        Map<String, String> labels = isNext('{') ? labels() : Map.of();
        passBlanks();
        double value = value(word());
        passBlanks();
        if (at < line.length() && !word().matches("[+-]?[0-9]+")) {
            throw unreadable("a time in milliseconds is expected after the value");
        }
        passBlanks();
        if (at < line.length()) {
            throw unreadable("there is more than a value and a time");
        }
        return new Sample(name, labels, value);
    }

    private Map<String, String> labels() throws UnreadableText {
        Map<String, String> labels = new HashMap<>();
        take('{');
        passBlanks();
        while (!isNext('}')) {
            String label = name();
            passBlanks();
            take('=');
            passBlanks();
            labels.put(label, quoted());
            passBlanks();
            // A comma may also stand after the last one.
            if (!isNext('}')) {
                take(',');
                passBlanks();
            }
        }
        take('}');
        return labels;
    }

    private String name() throws UnreadableText {
        int start = at;
        while (at < line.length() && isOfName(line.charAt(at), at == start)) {
            at++;
        }
        if (at == start) {
            throw unreadable("a name is expected");
        }
        return line.substring(start, at);
    }

    private static boolean isOfName(char c, boolean isFirst) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == ':'
                || !isFirst && c >= '0' && c <= '9';
    }

    private String quoted() throws UnreadableText {
        take('"');
        StringBuilder value = new StringBuilder();
        while (!isNext('"')) {
            if (at >= line.length()) {
                throw unreadable("a quote is not closed");
            }
            char c = line.charAt(at++);
            value.append(c == '\\' ? escaped() : c);
        }
        take('"');
        return value.toString();
    }

    private char escaped() throws UnreadableText {
        if (at >= line.length()) {
            throw unreadable("a quote is not closed");
        }
        char c = line.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case '\\', '"' -> c;
            default -> throw unreadable("\\" + c + " is no escape");
        };
    }

    private String word() {
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    private double value(String word) throws UnreadableText {
        OptionalDouble number = number(word);
        if (number.isEmpty()) {
            throw unreadable(
                    word.isEmpty() ? "a value is expected" : "'" + word + "' is no number");
        }
        return number.getAsDouble();
    }

    /// As Go's ParseFloat reads it, which is what Prometheus uses; empty if it is no number.
    static OptionalDouble number(String word) {
        return switch (word) {
            case "+Inf", "Inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            case "NaN" -> OptionalDouble.of(Double.NaN);
            default ->
                    word.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
                            ? OptionalDouble.of(Double.parseDouble(word))
                            : OptionalDouble.empty();
        };
    }

    private void passBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private boolean isNext(char c) {
        return at < line.length() && line.charAt(at) == c;
    }

    private void take(char c) throws UnreadableText {
        if (!isNext(c)) {
            throw unreadable("'" + c + "' is expected");
        }
        at++;
    }

    private UnreadableText unreadable(String what) {
        return new UnreadableText(number, what + " at column " + (at + 1));
    }
}
