package dev.homing.bench.soak.report;

import java.util.Locale;

/// The outcome for a terminal.
public final class SoakText {

    private SoakText() {}

    public static String print(Outcome outcome) {
        StringBuilder out = new StringBuilder("Events\n");
        outcome.events().forEach((kind, count) -> row(out, kind, Integer.toString(count)));
        out.append("\nWhat was seen\n");
        Summary.lines(outcome)
                .forEach((name, value) -> {
                    if (!name.startsWith("**")) {
                        row(out, name, value);
                    }
                });
        out.append('\n');
        if (outcome.isClean()) {
            out.append("No violation.\n");
        } else {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "%d VIOLATIONS, with seed %d:%n",
                            outcome.violationCount(),
                            outcome.seed()));
            outcome.violations()
                    .forEach(violation -> out.append("  ").append(violation).append('\n'));
        }
        return out.toString();
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append(String.format(Locale.ROOT, "  %-62s %s%n", name, value));
    }
}
