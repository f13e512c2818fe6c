package dev.homing.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Why a round may not say what it seems to say.
///
/// @param kind the same for all rounds that suffered from it
/// @param size how bad it is, to find the worst of a kind
/// @param text a sentence
record Doubt(Kind kind, double size, String text) {

    enum Kind {
        GENERATOR(false),
        FAR_END(false),
        LOSS(false),
        WRONG_BACKEND(false),
        OTHERS(true),
        STOLEN(true);

        private final boolean isOfMachine;

        Kind(boolean isOfMachine) {
            this.isOfMachine = isOfMachine;
        }

        /// Whether the subject has nothing to do with it.
        boolean isOfMachine() {
            return isOfMachine;
        }
    }

    /// What the machine suffered from in more than a few of the measurements, one sentence a kind.
    static List<String> ofMachine(List<Window> windows) {
        List<String> problems = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Doubt> doubts =
                    windows.stream()
                            .flatMap(window -> window.doubts().stream())
                            .filter(doubt -> doubt.kind() == kind && kind.isOfMachine())
                            .toList();
            if (doubts.size() > windows.size() * Series.ROUNDS_IGNORED) {
                problems.add(
                        "%s in the worst, and too much in %d of %d measurements"
                                .formatted(worst(doubts).text(), doubts.size(), windows.size()));
            }
        }
        return problems;
    }

    /// @param doubts at least one
    static Doubt worst(List<Doubt> doubts) {
        return doubts.stream().max(Comparator.comparingDouble(Doubt::size)).orElseThrow();
    }
}
