package dev.homing.cid.quiclb;

/// Why a configuration is not legal.
///
/// @param term the YANG name of what is wrong (draft appendix A), such as `nonce-length`
/// @param text a sentence without the term, with the value and what is legal
public record QuicLbProblem(String term, String text) {

    @Override
    public String toString() {
        return term + ": " + text;
    }
}
