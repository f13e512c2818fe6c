package dev.homing.control.health.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProbePacketTest {

    private static final long SEED = 20_001;
    private static final int PROBES = 2_000;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private static byte[] octets(ProbePacket probe) {
        byte[] octets = new byte[probe.octets().remaining()];
        probe.octets().get(octets);
        return octets;
    }

    private static byte[] slice(byte[] octets, int from, int count) {
        return Arrays.copyOfRange(octets, from, from + count);
    }

    /// RFC 8999 section 6, as RFC 9000 section 17.2.1 fills in the rest.
    private static byte[] answer(byte[] probe, int... versions) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(0x80 | 0x2a);
        answer.writeBytes(new byte[4]);
        answer.write(8);
        answer.writeBytes(slice(probe, 15, 8));
        answer.write(8);
        answer.writeBytes(slice(probe, 6, 8));
        for (int version : versions) {
            answer.writeBytes(ByteBuffer.allocate(4).putInt(version).array());
        }
        return answer.toByteArray();
    }

    @Test
    void isAFirstPacketOfAReservedVersionThatIsWellFormedAsOneOfVersionOne() {
        for (int i = 0; i < PROBES; i++) {
            byte[] octets = octets(ProbePacket.draw(random));
            ByteBuffer packet = ByteBuffer.wrap(octets);
            assertEquals(1200, octets.length, "RFC 9000 section 14.1");
            assertEquals(0xc0, octets[0] & 0xf0, "long header, fixed bit, Initial");
            assertEquals(0x0a0a0a0a, packet.getInt(1) & 0x0f0f0f0f, "RFC 9000 section 15");
            assertEquals(8, octets[5]);
            assertEquals(8, octets[14]);
            assertEquals(0, octets[23], "no token");
            assertEquals(0x4000 | 1200 - 26, packet.getShort(24), "the length of what follows");
        }
    }

    @Test
    void hasConnectionIdsThatNoOtherHas() {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < PROBES; i++) {
            ByteBuffer packet = ProbePacket.draw(random).octets();
            ids.add(packet.getLong(6));
            ids.add(packet.getLong(15));
        }
        assertEquals(2 * PROBES, ids.size());
    }

    @Test
    void knowsTheAnswerToItselfAndNotThatToAnother() {
        for (int i = 0; i < PROBES; i++) {
            ProbePacket probe = ProbePacket.draw(random);
            byte[] own = answer(octets(probe), 1, 0x6b3343cf);
            byte[] others = answer(octets(ProbePacket.draw(random)), 1);
            assertTrue(probe.isAnsweredBy(ByteBuffer.wrap(own)));
            assertFalse(probe.isAnsweredBy(ByteBuffer.wrap(others)));
            assertFalse(probe.isAnsweredBy(ByteBuffer.wrap(octets(probe))), "its echo");
        }
    }

    @Test
    void takesNothingForAnAnswerThatIsNone() {
        ProbePacket probe = ProbePacket.draw(random);
        byte[] answer = answer(octets(probe), 1, 2);
        assertFalse(probe.isAnsweredBy(ByteBuffer.wrap(answer(octets(probe)))), "no version");
        for (int length = 0; length < answer.length; length++) {
            boolean isWhole = length == answer.length - 4;
            assertEquals(isWhole, probe.isAnsweredBy(ByteBuffer.wrap(answer, 0, length)));
        }
        wrong(probe, answer, octets -> octets[0] &= 0x7f);
        wrong(probe, answer, octets -> octets[1] = 1);
        wrong(probe, answer, octets -> octets[5] = 7);
        wrong(probe, answer, octets -> octets[6] ^= 1);
        wrong(probe, answer, octets -> octets[14] = 9);
        wrong(probe, answer, octets -> octets[22] ^= 1);
    }

    private static void wrong(ProbePacket probe, byte[] answer, Consumer<byte[]> spoil) {
        byte[] spoilt = answer.clone();
        spoil.accept(spoilt);
        assertNotEquals(ByteBuffer.wrap(answer), ByteBuffer.wrap(spoilt));
        assertFalse(probe.isAnsweredBy(ByteBuffer.wrap(spoilt)));
    }

    @Test
    void readsAnythingWithoutFailing() {
        ProbePacket probe = ProbePacket.draw(random);
        for (int i = 0; i < 20_000; i++) {
            byte[] anything = new byte[random.nextInt(64)];
            random.nextBytes(anything);
            assertFalse(probe.isAnsweredBy(ByteBuffer.wrap(anything)));
        }
    }
}
