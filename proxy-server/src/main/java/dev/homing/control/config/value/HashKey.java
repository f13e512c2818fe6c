package dev.homing.control.config.value;

import java.security.SecureRandom;

/// The 128-bit key of every hash over what strangers choose. Instances that share it make the same
/// first choice of a backend. It is a secret: whoever knows it can aim all their connections at one
/// backend, so it prints as a mask.
///
/// @param high the first sixteen hex digits
/// @param low the last sixteen
public record HashKey(long high, long low) {

    /// What stands in the place of a secret. It is refused as a key, so that a printed
    /// configuration cannot be put to use with a wrong key by accident.
    public static final String MASK = "********";

    private static final String REMEDY =
            "Give 32 hexadecimal digits, for example from: openssl rand -hex 16.";

    public static HashKey random() {
        SecureRandom random = new SecureRandom();
        return new HashKey(random.nextLong(), random.nextLong());
    }

    public static Kind<HashKey> kind() {
        return new Kind<>("32 hexadecimal digits", HashKey::read, key -> MASK);
    }

    /// The sentences never show the text: a key with a slip in it is still most of a key.
    private static Parsed<HashKey> read(String text) {
        if (text.equals(MASK)) {
            return Parsed.bad(
                    "holds the mask that print-config shows in place of the key",
                    "Put the key back, or give it in HOMING_HASH_KEY or hash-key-file.");
        }
        if (text.length() != 32) {
            return Parsed.bad("has " + text.length() + " characters instead of 32", REMEDY);
        }
        if (!text.matches("[0-9A-Fa-f]{32}")) {
            return Parsed.bad("has characters that are not hexadecimal digits", REMEDY);
        }
        return Parsed.good(
                new HashKey(
                        Long.parseUnsignedLong(text, 0, 16, 16),
                        Long.parseUnsignedLong(text, 16, 32, 16)));
    }

    @Override
    public String toString() {
        return "HashKey[" + MASK + "]";
    }
}
