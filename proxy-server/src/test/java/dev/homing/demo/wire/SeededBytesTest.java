package dev.homing.demo.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeededBytesTest {
    private static final long SEED = 42;
    private static final int LENGTH = 10_000;

    private final byte[] all = bytes(SEED);

    @Test
    void areTheSameForTheSameSeedOnly() {
        assertArrayEquals(all, bytes(SEED));
        assertNotEquals(Arrays.hashCode(all), Arrays.hashCode(bytes(SEED + 1)));
    }

    @Test
    void areTheSameInPiecesOfAnySize() {
        SplittableRandom random = new SplittableRandom(7);
        SeededBytes pieces = new SeededBytes(SEED);
        ByteBuf out = Unpooled.buffer(LENGTH);
        while (out.readableBytes() < LENGTH) {
            pieces.writeTo(out, Math.min(random.nextInt(40), LENGTH - out.readableBytes()));
        }
        byte[] written = new byte[LENGTH];
        out.readBytes(written);
        assertArrayEquals(all, written);
    }

    @Test
    void findsTheFirstWrongByteWhereverItIs() {
        for (int wrong = 0; wrong < 100; wrong++) {
            byte[] bytes = all.clone();
            bytes[wrong] ^= 0x10;
            bytes[wrong + 3] ^= 1;
            assertEquals(wrong, new SeededBytes(SEED).firstWrong(Unpooled.wrappedBuffer(bytes)));
            assertEquals(wrong, new SeededBytes(SEED).firstWrong(bytes, LENGTH));
        }
    }

    @Test
    void findsNoWrongByteInPiecesOfAnySize() {
        SplittableRandom random = new SplittableRandom(8);
        SeededBytes expected = new SeededBytes(SEED);
        ByteBuf in = Unpooled.wrappedBuffer(all);
        while (in.isReadable()) {
            assertEquals(
                    -1,
                    expected.firstWrong(
                            in.readSlice(Math.min(random.nextInt(40), in.readableBytes()))));
        }
    }

    private static byte[] bytes(long seed) {
        byte[] bytes = new byte[LENGTH];
        new SeededBytes(seed).fill(bytes);
        return bytes;
    }
}
