package dev.homing.observe.machine.reading;

import java.util.List;

/// A label of a [Quantity].
///
/// @param values all that it can have; empty where the machine names them, as its interfaces
public record Label(String name, List<String> values) {

    public static Label of(String name, String... values) {
        return new Label(name, List.of(values));
    }
}
