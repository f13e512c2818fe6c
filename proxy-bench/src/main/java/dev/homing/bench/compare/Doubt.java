package dev.homing.bench.compare;

/// Why a round may not say what it seems to say.
///
/// @param kind the same for all rounds that it is about
/// @param size how bad it is, to find the worst of a kind
/// @param text a sentence
record Doubt(Kind kind, double size, String text) {

    enum Kind {
        GENERATOR,
        FAR_END,
        LOSS,
        OTHERS,
        STOLEN,
        WRONG_BACKEND
    }
}
