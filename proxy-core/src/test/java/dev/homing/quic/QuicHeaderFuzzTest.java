package dev.homing.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Seeded;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuicHeaderFuzzTest {

    private static final int INPUTS = 1_000_000;
    private static final int LONGEST = 80;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final QuicHeader header = new QuicHeader();

    /// The heap segment ends with the datagram: reading past it throws.
    @Test
    void randomInputsNeverThrowAndNeverPointOutsideTheDatagram() {
        SplittableRandom random = seeded.random();
        int longs = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] slot = new byte[random.nextInt(LONGEST)];
            random.nextBytes(slot);
            int offset = slot.length == 0 ? 0 : random.nextInt(Math.min(4, slot.length));
            int length = slot.length - offset;
            if (length > 5) {
                makeLikely(random, slot, offset);
            }
            HeaderForm form = header.read(MemorySegment.ofArray(slot), offset, length);
            assertEquals(expected(slot, offset, length), form);
            if (form == HeaderForm.SHORT) {
                assertTrue(header.dcidOffset() + header.dcidLength() <= slot.length);
            }
            if (form == HeaderForm.LONG) {
                longs++;
                assertTrue(header.dcidOffset() + header.dcidLength() < header.scidOffset());
                assertTrue(header.scidOffset() + header.scidLength() <= slot.length);
            }
        }
        assertTrue(longs > INPUTS / 10, "too few inputs got past the checks: " + longs);
    }

    /// Short connection IDs in most of the long headers, so that a good part of them is whole.
    private static void makeLikely(SplittableRandom random, byte[] slot, int offset) {
        if (random.nextInt(4) != 0) {
            slot[offset] |= (byte) 0x80;
            int dcidLength = random.nextInt(24);
            slot[offset + 5] = (byte) dcidLength;
            int scidLengthAt = offset + 6 + dcidLength;
            if (scidLengthAt < slot.length && random.nextInt(4) != 0) {
                slot[scidLengthAt] = (byte) random.nextInt(24);
            }
        }
    }

    /// A slower parser that stumbles over the end instead of looking for it.
    private static HeaderForm expected(byte[] slot, int offset, int length) {
        ByteBuffer octets = ByteBuffer.wrap(slot, offset, length);
        if (!octets.hasRemaining()) {
            return HeaderForm.EMPTY;
        }
        if (octets.get() >= 0) {
            return HeaderForm.SHORT;
        }
        if (octets.remaining() < 4) {
            return HeaderForm.TRUNCATED;
        }
        octets.getInt();
        for (int id = 0; id < 2; id++) {
            if (!octets.hasRemaining()) {
                return HeaderForm.TRUNCATED;
            }
            int idLength = Byte.toUnsignedInt(octets.get());
            if (octets.remaining() < idLength) {
                return HeaderForm.TRUNCATED;
            }
            octets.position(octets.position() + idLength);
        }
        return HeaderForm.LONG;
    }
}
