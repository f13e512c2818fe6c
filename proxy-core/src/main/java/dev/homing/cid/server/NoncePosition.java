package dev.homing.cid.server;

import java.util.HexFormat;

/// How far a server has come with the nonces of a key: what it must keep to go on with the same key
/// after a restart.
///
/// @param start hex digits of the first nonce
/// @param used how many nonces were used from there on
public record NoncePosition(String start, long used) {

    /// @throws IllegalArgumentException if the start is no hex, or less than no nonce was used
    public NoncePosition {
        HexFormat.of().parseHex(start);
        if (used < 0) {
            throw new IllegalArgumentException("nonces used: " + used);
        }
    }

    /// The position after some more nonces. A server that stores this, and stores anew before it
    /// has issued so many, may stop at any moment without repeating a nonce.
    public NoncePosition ahead(long nonces) {
        return new NoncePosition(start, Math.addExact(used, nonces));
    }
}
