package dev.homing.cid.quiclb;

/// Up to 16 octets in two big-endian words: octet 0 is the uppermost of the high word.
final class TwoWords {

    private TwoWords() {}

    /// The high word's part of a mask of the first octets.
    static long highMask(int octets) {
        return octets >= 8 ? -1L : octets <= 0 ? 0 : -1L << (64 - 8 * octets);
    }

    /// The low word's part of a mask of the first octets.
    static long lowMask(int octets) {
        return highMask(octets - 8);
    }

    static byte octet(long high, long low, int index) {
        return (byte) (index < 8 ? high >>> (56 - 8 * index) : low >>> (120 - 8 * index));
    }

    /// The high word of all octets moved up by some, less than 16.
    static long highMovedUp(long high, int octets) {
        return octets < 8 ? high >>> 8 * octets : 0;
    }

    /// The low word of the same.
    static long lowMovedUp(long high, long low, int octets) {
        if (octets == 0) {
            return low;
        }
        return octets < 8
                ? high << (64 - 8 * octets) | low >>> 8 * octets
                : high >>> 8 * (octets - 8);
    }
}
