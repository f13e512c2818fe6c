package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.fail;

/// Reads texts in tests.
final class Read {

    private Read() {}

    static <T> T good(Kind<T> kind, String text) {
        return switch (kind.read(text)) {
            case Parsed.Good<T>(T value) -> value;
            case Parsed.Bad<T>(String what, String remedy) ->
                    fail("refused " + text + ": " + what + ". " + remedy);
        };
    }

    /// `what. remedy`
    static String bad(Kind<?> kind, String text) {
        return switch (kind.read(text)) {
            case Parsed.Good<?>(Object value) -> fail("accepted " + text + " as " + value);
            case Parsed.Bad<?>(String what, String remedy) -> what + ". " + remedy;
        };
    }
}
