package dev.homing.control.config.value;

import java.util.function.Function;

/// A kind of value: how it is described, read and printed. Reading back what was printed gives an
/// equal value.
///
/// @param form what the reference page says, in Markdown: a duration, 10s or more
/// @param reader from the text of a scalar
/// @param printer to an `Integer`, a `Boolean` or a `String`, which YAML and JSON show alike
public record Kind<T>(
        String form, Function<String, Parsed<T>> reader, Function<T, Object> printer) {

    public Parsed<T> read(String text) {
        return reader.apply(text);
    }

    /// What to do about a text that is none of this kind, for a terminal.
    public String remedy() {
        return remedy(form);
    }

    static String remedy(String form) {
        return "Give " + form.replace("`", "") + ".";
    }

    public Object print(T value) {
        return printer.apply(value);
    }
}
