package dev.homing.bench.compare;

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

    /// @param doubts at least one
    static Doubt worst(List<Doubt> doubts) {
        return doubts.stream().max(Comparator.comparingDouble(Doubt::size)).orElseThrow();
    }
}
