package dev.homing.bench.compare;

import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Traffic;
import java.util.List;
import java.util.Locale;

/// The shapes of load that have a name, and what they are made of unless told otherwise.
public enum Shape {
    SINGLES(200, 1, 64, Pattern.SOCKETS, Direction.FORWARD, 100_000, "200 B, one by one"),
    SMALL(120, 1, 64, Pattern.SOCKETS, Direction.FORWARD, 100_000, "120 B, one by one"),
    FULL(1200, 1, 64, Pattern.SOCKETS, Direction.FORWARD, 60_000, "1200 B, one by one"),
    TRAINS(1200, 16, 64, Pattern.SOCKETS, Direction.FORWARD, 100_000, "trains of 16 × 1200 B"),
    ECHO(200, 1, 64, Pattern.SOCKETS, Direction.ECHO, 40_000, "200 B, and the same back"),
    FLOWS(200, 1, 1000, Pattern.ADDRESSES, Direction.FORWARD, 60_000, "200 B, many addresses"),
    MIGRATING(
            200,
            1,
            64,
            Pattern.MIGRATING,
            Direction.FORWARD,
            60_000,
            "200 B, clients that change address, two backends");

    private static final int BURST = 32;
    private static final int MOVE_EVERY_BURSTS = 10;

    private final int sizeBytes;
    private final int train;
    private final int flows;
    private final Pattern pattern;
    private final Direction direction;
    private final double rate;
    private final String text;

    Shape(
            int sizeBytes,
            int train,
            int flows,
            Pattern pattern,
            Direction direction,
            double rate,
            String text) {
        this.sizeBytes = sizeBytes;
        this.train = train;
        this.flows = flows;
        this.pattern = pattern;
        this.direction = direction;
        this.rate = rate;
        this.text = text;
    }

    /// Thirty-two datagrams are due together, as the C generator in `proxy-bench/floor` sends them;
    /// or one train.
    public Load load() {
        Traffic traffic =
                new Traffic(
                        sizeBytes,
                        train,
                        train > 1 ? 1 : BURST,
                        flows,
                        pattern,
                        rate,
                        1,
                        MOVE_EVERY_BURSTS);
        return new Load(label(), text, traffic, direction);
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> labels() {
        return java.util.Arrays.stream(values()).map(Shape::label).toList();
    }
}
