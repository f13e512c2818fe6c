package dev.homing.quic;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A flyweight that holds a connection ID of up to 20 octets as three words, fit to be hashed,
/// compared and stored.
///
/// ```
/// first   octets 0..7     big-endian, octets past the length are 0
/// second  octets 8..15
/// third   octets 16..19 in the upper half | pool (16 bits) | length (16 bits)
/// ```
///
/// The pool is part of it because each pool's servers choose connection IDs for themselves. One
/// thread.
public final class ConnectionIdWords {

    private static final ValueLayout.OfLong BIG_ENDIAN_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private long first;
    private long second;
    private long third;

    /// Reads a connection ID. A slot is longer than the longest datagram's header, so that whole
    /// words can be read and cut to length.
    ///
    /// @param length 1 to [QuicHeader#MAX_CONNECTION_ID_BYTES]
    public void read(MemorySegment bytes, int offset, int length, int pool) {
        if ((long) offset + 3 * Long.BYTES > bytes.byteSize()) {
            readNearEnd(bytes, offset, length, pool);
            return;
        }
        set(
                bytes.get(BIG_ENDIAN_LONG, offset),
                length > 8 ? bytes.get(BIG_ENDIAN_LONG, offset + 8) : 0,
                length > 16 ? bytes.get(BIG_ENDIAN_LONG, offset + 16) : 0,
                length,
                pool);
    }

    private void readNearEnd(MemorySegment bytes, int offset, int length, int pool) {
        set(
                octets(bytes, offset, Math.min(length, 8)),
                octets(bytes, offset + 8, Math.min(length - 8, 8)),
                octets(bytes, offset + 16, length - 16),
                length,
                pool);
    }

    private static long octets(MemorySegment bytes, int offset, int count) {
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |=
                    Byte.toUnsignedLong(bytes.get(ValueLayout.JAVA_BYTE, offset + i))
                            << (56 - 8 * i);
        }
        return word;
    }

    private void set(long first, long second, long third, int length, int pool) {
        this.first = first & mask(length);
        this.second = second & mask(length - 8);
        this.third = third & mask(length - 16) | (long) pool << 16 | length;
    }

    /// The upper octets of a word, as many as given: none for 0 and less, all for 8 and more.
    private static long mask(int octets) {
        return octets <= 0 ? 0 : octets >= 8 ? -1L : -1L << (64 - 8 * octets);
    }

    public long first() {
        return first;
    }

    public long second() {
        return second;
    }

    public long third() {
        return third;
    }
}
