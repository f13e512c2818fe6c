package dev.homing.cid.quiclb;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// An AES-128 key shared by the servers and the balancers of one configuration (`cid-key`).
///
/// Immutable; does not show itself.
public final class CidKey {

    public static final int BYTES = 16;

    private static final int HEX_STRING_CHARACTERS = 3 * BYTES - 1;

    private final byte[] octets;

    private CidKey(byte[] octets) {
        this.octets = octets;
    }

    /// @throws IllegalArgumentException if there are not 16 octets
    public static CidKey of(byte[] octets) {
        if (octets.length != BYTES) {
            throw new IllegalArgumentException(
                    "cid-key: " + octets.length + " octets, but AES-128 takes " + BYTES);
        }
        return new CidKey(octets.clone());
    }

    /// Reads 32 hex digits, or pairs of them with colons between, as YANG writes a hex-string.
    ///
    /// @throws IllegalArgumentException if [#problem] says so
    public static CidKey parse(String text) {
        String problem = problem(text);
        if (problem != null) {
            throw new IllegalArgumentException("cid-key: " + problem);
        }
        return new CidKey(format(text).parseHex(text));
    }

    /// What keeps a text from being a key, without showing it; null if nothing does.
    public static @Nullable String problem(String text) {
        if (text.length() != 2 * BYTES && text.length() != HEX_STRING_CHARACTERS) {
            return text.length() + " characters, but a key has 32 hex digits, or 47 with colons";
        }
        boolean colons = text.length() == HEX_STRING_CHARACTERS;
        for (int i = 0; i < text.length(); i++) {
            boolean isColonsPlace = colons && i % 3 == 2;
            if (isColonsPlace ? text.charAt(i) != ':' : !HexFormat.isHexDigit(text.charAt(i))) {
                return "character "
                        + (i + 1)
                        + (isColonsPlace ? " is no colon" : " is no hex digit");
            }
        }
        return null;
    }

    private static HexFormat format(String text) {
        return text.length() == HEX_STRING_CHARACTERS ? HexFormat.ofDelimiter(":") : HexFormat.of();
    }

    SecretKeySpec aes() {
        return new SecretKeySpec(octets, "AES");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CidKey key && MessageDigest.isEqual(octets, key.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
