package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.Optional;
import java.util.OptionalDouble;

/// A text that is one number.
public final class Single {

    private Single() {}

    /// Empty where it is something else.
    public static Optional<Reading> of(Quantity quantity, String text, String... labels) {
        OptionalDouble number = Columns.only(text);
        return number.isPresent()
                ? Optional.of(Reading.of(quantity, number.getAsDouble(), labels))
                : Optional.empty();
    }
}
