package dev.homing.demo.wire;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;

/// An endless run of pseudo-random bytes that a seed determines, so that both ends of a transfer
/// know every byte of it without holding it in memory.
///
/// Not safe for use by several threads at once.
public final class SeededBytes {
    private final SplittableRandom random;
    // The bytes of the last random number that have not been given out: the lowest is the next.
    private long word;
    private int bytesInWord;

    public SeededBytes(long seed) {
        random = new SplittableRandom(seed);
    }

    /// Appends the next `lengthBytes` bytes to `out`.
    public void writeTo(ByteBuf out, int lengthBytes) {
        int left = lengthBytes;
        while (left > 0) {
            if (bytesInWord == 0 && left >= Long.BYTES) {
                out.writeLongLE(random.nextLong());
                left -= Long.BYTES;
            } else {
                out.writeByte(next());
                left--;
            }
        }
    }

    /// Fills `out` with the next bytes.
    public void fill(byte[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = next();
        }
    }

    /// Compares what is readable of `in` with the next bytes and consumes it; returns how many
    /// bytes were right before the first wrong one, or −1 when all were right.
    public int firstWrong(ByteBuf in) {
        int length = in.readableBytes();
        for (int i = 0; i < length; ) {
            if (bytesInWord == 0 && length - i >= Long.BYTES) {
                long expected = random.nextLong();
                long difference = in.readLongLE() ^ expected;
                if (difference != 0) {
                    return i + Long.numberOfTrailingZeros(difference) / Byte.SIZE;
                }
                i += Long.BYTES;
            } else {
                if (in.readByte() != next()) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /// As [#firstWrong(ByteBuf)], for `lengthBytes` bytes of an array.
    public int firstWrong(byte[] in, int lengthBytes) {
        for (int i = 0; i < lengthBytes; i++) {
            if (in[i] != next()) {
                return i;
            }
        }
        return -1;
    }

    private byte next() {
        if (bytesInWord == 0) {
            word = random.nextLong();
            bytesInWord = Long.BYTES;
        }
        byte next = (byte) word;
        word >>>= Byte.SIZE;
        bytesInWord--;
        return next;
    }
}
