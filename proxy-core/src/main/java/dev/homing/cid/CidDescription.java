package dev.homing.cid;

import org.jspecify.annotations.Nullable;

/// What a connection ID says, for people.
///
/// @param layout how it was read, such as `quic-lb, four-pass`
/// @param rotationBits 0 to 7, or [#NO_ROTATION]
/// @param serverId hex digits, two an octet; empty if it could not be read
/// @param nonce hex digits of what else is known of it; empty if it could not be read
/// @param verdict as of a [CidDecoder] for a long header in mid-connection
public record CidDescription(
        String layout, int rotationBits, String serverId, String nonce, int verdict) {

    /// The scheme has no rotation bits, or there is no octet that has them.
    public static final int NO_ROTATION = -1;

    static CidDescription unread(String layout, int rotationBits, Unroutable why) {
        return new CidDescription(layout, rotationBits, "", "", why.verdict());
    }

    public boolean isRoutable() {
        return verdict >= 0;
    }

    /// Why it names no backend; null if it names one.
    public @Nullable Unroutable whyNot() {
        return isRoutable() ? null : Unroutable.of(verdict);
    }
}
