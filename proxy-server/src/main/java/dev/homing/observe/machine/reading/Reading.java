package dev.homing.observe.machine.reading;

import java.util.List;

/// One number that the machine shows.
///
/// @param labels a value for each of the quantity's labels, in their order
/// @param value in the quantity's unit
public record Reading(Quantity quantity, List<String> labels, double value) {

    public Reading {
        if (labels.size() != quantity.labels().size()) {
            throw new IllegalArgumentException(quantity + " with labels " + labels);
        }
    }

    public static Reading of(Quantity quantity, double value, String... labels) {
        return new Reading(quantity, List.of(labels), value);
    }
}
