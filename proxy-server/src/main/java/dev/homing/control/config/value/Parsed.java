package dev.homing.control.config.value;

/// What came of reading one text: the value, or what is wrong with the text and how to put it
/// right.
public sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    /// @param what a clause about the text, without a full stop: `"5x" is not a whole number`
    /// @param remedy a whole sentence
    record Bad<T>(String what, String remedy) implements Parsed<T> {}

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(String what, String remedy) {
        return new Bad<>(what, remedy);
    }
}
