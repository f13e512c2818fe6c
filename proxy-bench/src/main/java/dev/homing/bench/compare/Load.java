package dev.homing.bench.compare;

import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Traffic;
import java.util.Locale;

/// What subjects are measured with.
///
/// @param name short
/// @param text what it is, in a few words
public record Load(String name, String text, Traffic traffic, Direction direction) {

    /// How many backends there are.
    int backends() {
        return traffic.pattern() == Pattern.MIGRATING ? 2 : 1;
    }

    public boolean isReturn() {
        return direction == Direction.RETURN;
    }

    public Load named(String otherName, String otherText) {
        return new Load(otherName, otherText, traffic, direction);
    }

    public Load with(Traffic other) {
        return new Load(name, text, other, direction);
    }

    public Load toward(Direction other) {
        return new Load(name, text, traffic, other);
    }

    public Load at(double rate) {
        return with(traffic.at(rate, traffic.seconds()));
    }

    public Load sized(int sizeBytes, int train, int flows, int burst) {
        return with(
                new Traffic(
                        sizeBytes,
                        train,
                        burst,
                        flows,
                        traffic.pattern(),
                        traffic.rate(),
                        traffic.seconds(),
                        traffic.moveEvery()));
    }

    /// In a sentence.
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "%d B%s, %,d flows, %,.0f/s, %s",
                traffic.sizeBytes(),
                traffic.train() > 1 ? " × " + traffic.train() + " a train" : "",
                traffic.flows(),
                traffic.rate(),
                switch (direction) {
                    case FORWARD -> "client → backend";
                    case RETURN -> "backend → client";
                    case ECHO -> "both ways";
                });
    }
}
