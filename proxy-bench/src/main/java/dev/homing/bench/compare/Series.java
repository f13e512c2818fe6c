package dev.homing.bench.compare;

import dev.homing.bench.measure.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// All rounds of one subject.
///
/// @param cpuMicros per datagram and passage, by round
/// @param memoryPerSession octets; empty when it was not asked for
record Series(
        String subject,
        String description,
        int trips,
        List<Window> windows,
        Spread cpuMicros,
        OptionalDouble memoryPerSession) {

    private static final double SPREAD_MOST = 0.15;

    /// A problem of so small a part of the rounds does not move the median.
    static final double ROUNDS_IGNORED = 1.0 / 3;

    Series {
        windows = List.copyOf(windows);
    }

    Spread spread(ToDoubleFunction<Window> figure) {
        return new Spread(windows.stream().map(figure::applyAsDouble).toList());
    }

    Spread latencyMicros(double percentile) {
        return spread(window -> window.latencyMicros(percentile));
    }

    long total(java.util.function.ToLongFunction<Window> count) {
        return windows.stream().mapToLong(count).sum();
    }

    /// What makes its own medians doubtful, one sentence each.
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (Doubt.Kind kind : Doubt.Kind.values()) {
            List<Doubt> doubts = kind.isOfMachine() ? List.of() : doubts(kind);
            if (doubts.size() > windows.size() * ROUNDS_IGNORED) {
                problems.add(
                        "%s: %s (worst of %d of %d rounds)"
                                .formatted(
                                        subject,
                                        Doubt.worst(doubts).text(),
                                        doubts.size(),
                                        windows.size()));
            }
        }
        if (cpuMicros.relative() > SPREAD_MOST && cpuMicros.median() > 0) {
            problems.add(
                    "%s: CPU per datagram differs by %.0f %% between rounds"
                            .formatted(subject, 100 * cpuMicros.relative()));
        }
        return problems;
    }

    List<Doubt> doubts(Doubt.Kind kind) {
        return windows.stream()
                .flatMap(window -> window.doubts().stream())
                .filter(doubt -> doubt.kind() == kind)
                .toList();
    }
}
