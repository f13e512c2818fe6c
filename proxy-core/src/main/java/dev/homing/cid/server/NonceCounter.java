package dev.homing.cid.server;

import java.util.HexFormat;

/// Nonces of a key, each once: a counter over all values of the nonce's length, from a start that
/// is random. Not thread-safe.
final class NonceCounter {

    private final byte[] start;
    private final long limit;
    private long used;

    /// @throws IllegalArgumentException if the position's nonces have another length
    NonceCounter(int nonceLength, NoncePosition position) {
        start = HexFormat.of().parseHex(position.start());
        if (start.length != nonceLength) {
            throw new IllegalArgumentException(
                    "nonce-length: %d, but the nonces so far had %d"
                            .formatted(nonceLength, start.length));
        }
        // Of longer nonces there are more than can ever be counted.
        limit = nonceLength < Long.BYTES ? 1L << 8 * nonceLength : Long.MAX_VALUE;
        used = position.used();
    }

    long remaining() {
        return Math.max(0, limit - used);
    }

    /// Call only while some remain.
    byte[] next() {
        byte[] nonce = start.clone();
        long carry = used++;
        for (int i = nonce.length - 1; i >= 0 && carry != 0; i--) {
            carry += Byte.toUnsignedInt(nonce[i]);
            nonce[i] = (byte) carry;
            carry >>>= 8;
        }
        return nonce;
    }

    NoncePosition position() {
        return new NoncePosition(HexFormat.of().formatHex(start), used);
    }
}
