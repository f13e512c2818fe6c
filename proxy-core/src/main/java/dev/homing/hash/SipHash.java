package dev.homing.hash;

/// SipHash-1-3 (Aumasson, Bernstein: "SipHash: a fast short-input PRF") over whole 64-bit words.
/// One round a word and three at the end is what Linux, Rust and Python use for hash tables. A
/// connection ID makes three words, a flow five.
///
/// Immutable; any thread.
public final class SipHash {

    private static final int MAX_WORDS = 5;

    private final long v0;
    private final long v1;
    private final long v2;
    private final long v3;

    /// @param keyLow the first eight octets of the key, little-endian
    /// @param keyHigh the last eight octets of the key, little-endian
    public SipHash(long keyLow, long keyHigh) {
        v0 = keyLow ^ 0x736f6d6570736575L;
        v1 = keyHigh ^ 0x646f72616e646f6dL;
        v2 = keyLow ^ 0x6c7967656e657261L;
        v3 = keyHigh ^ 0x7465646279746573L;
    }

    public long hash(long word) {
        return hash(1, word, 0, 0, 0, 0);
    }

    public long hash(long first, long second, long third) {
        return hash(3, first, second, third, 0, 0);
    }

    public long hash(long first, long second, long third, long fourth, long fifth) {
        return hash(MAX_WORDS, first, second, third, fourth, fifth);
    }

    /// The state lives in four locals, since an object or an array for it would cost more than the
    /// rounds.
    private long hash(int words, long m0, long m1, long m2, long m3, long m4) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int i = 0; i <= words + 3; i++) {
            long m;
            if (i < words) {
                m = i == 0 ? m0 : i == 1 ? m1 : i == 2 ? m2 : i == 3 ? m3 : m4;
            } else if (i == words) {
                m = (words * 8L) << 56; // the last word carries the length, in octets
            } else {
                m = 0;
            }
            if (i == words + 1) {
                c ^= 0xff;
            }
            d ^= m;
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            a = Long.rotateLeft(a, 32);
            c += d;
            d = Long.rotateLeft(d, 16) ^ c;
            a += d;
            d = Long.rotateLeft(d, 21) ^ a;
            c += b;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
            a ^= m;
        }
        return a ^ b ^ c ^ d;
    }
}
