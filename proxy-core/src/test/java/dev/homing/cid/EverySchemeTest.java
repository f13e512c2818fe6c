package dev.homing.cid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.homing.cid.preset.AwsNlb;
import dev.homing.cid.preset.EnvoyQuicLb;
import dev.homing.cid.preset.Msquic;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.kit.Seeded;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every scheme and any octets.
class EverySchemeTest {

    private static final int LONGEST = 255;
    private static final int ROUNDS = 400;
    private static final CidKey KEY = CidKey.parse("8f95f09245765f80256934e50c66207f");

    @RegisterExtension final Seeded seeded = new Seeded();

    static Stream<CidScheme> schemes() {
        return Stream.of(
                quicLb(QuicLbFormat.of(0, 3, 4, null), QuicLbFormat.of(1, 2, 17, null)),
                quicLb(
                        QuicLbFormat.of(0, 1, 4, KEY),
                        QuicLbFormat.of(1, 2, 14, KEY).encodingLength(),
                        QuicLbFormat.of(2, 15, 4, KEY),
                        QuicLbFormat.of(3, 1, 18, KEY),
                        QuicLbFormat.of(4, 9, 9, KEY).withExtra(1, 0),
                        QuicLbFormat.of(5, 4, 4, KEY).encodingLength().withExtra(1, 1),
                        EnvoyQuicLb.format(6, 2, 4, KEY)),
                AwsNlb.of(someServers(8), CidDecoder.LENGTH_UNKNOWN),
                AwsNlb.of(someServers(8), 17),
                Msquic.of(someServers(4)),
                new Mvfst(ServerIds.ofLength(4).add(Mvfst.hostId(7), 1).build()));
    }

    private static CidScheme quicLb(QuicLbFormat... formats) {
        List<QuicLb.Configuration> configurations = new ArrayList<>();
        for (QuicLbFormat format : formats) {
            configurations.add(
                    new QuicLb.Configuration(
                            format,
                            someServers(format.serverIdLength()),
                            format.firstOctetEncodesCidLength()));
        }
        return new QuicLb(configurations);
    }

    /// Half of all server IDs if they have one octet, so that verdicts of both kinds come about.
    private static ServerIds someServers(int length) {
        ServerIds.Builder builder = ServerIds.ofLength(length);
        for (int i = 0; i < 128; i++) {
            byte[] serverId = new byte[length];
            Arrays.fill(serverId, (byte) (2 * i));
            builder.add(serverId, i);
        }
        return builder.build();
    }

    /// The heap segment ends with the connection ID: reading past it throws.
    @ParameterizedTest
    @MethodSource("schemes")
    void neverThrowsAndNeverReadsPastTheConnectionId(CidScheme scheme) {
        SplittableRandom random = seeded.random();
        CidDecoder decoder = scheme.newDecoder();
        for (int round = 0; round < ROUNDS; round++) {
            for (int length = 0; length <= LONGEST; length++) {
                int offset = random.nextInt(8);
                byte[] slot = new byte[offset + length];
                random.nextBytes(slot);
                if (length > 1 && random.nextInt(4) == 0) {
                    Arrays.fill(slot, offset + 1, slot.length, (byte) random.nextInt());
                }
                MemorySegment bytes = MemorySegment.ofArray(slot);
                int verdict = decoder.decodeLong(bytes, offset, length, random.nextBoolean());
                assertTrue(verdict >= -Unroutable.values().length && verdict < 128);
                decoder.decodeShort(bytes, offset, length);
                int known = decoder.lengthOfShort(bytes, offset, length);
                assertTrue(known == CidDecoder.LENGTH_UNKNOWN || known >= 1 && known <= length);
                if (round % 16 == 0) { // describing makes a decoder each time
                    assertEquals(
                            decoder.decodeLong(bytes, offset, length, false),
                            scheme.describe(bytes, offset, length).verdict());
                }
            }
        }
    }

    /// What the scheme says is the length of a connection ID is enough to decode it.
    @ParameterizedTest
    @MethodSource("schemes")
    void decodesAShortHeaderAlikeWhateverFollowsTheConnectionId(CidScheme scheme) {
        SplittableRandom random = seeded.random();
        CidDecoder decoder = scheme.newDecoder();
        byte[] slot = new byte[64];
        MemorySegment bytes = MemorySegment.ofArray(slot);
        for (int round = 0; round < 50_000; round++) {
            random.nextBytes(slot);
            int length = decoder.lengthOfShort(bytes, 0, slot.length);
            if (length != CidDecoder.LENGTH_UNKNOWN) {
                int verdict = decoder.decodeShort(bytes, 0, slot.length);
                assertEquals(verdict, decoder.decodeShort(bytes, 0, length));
                assertEquals(
                        verdict,
                        decoder.decodeShort(
                                MemorySegment.ofArray(Arrays.copyOf(slot, length)), 0, length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("schemes")
    void decodesWithoutAllocating(CidScheme scheme) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(1 << 12);
            for (int i = 0; i < bytes.byteSize(); i++) {
                bytes.set(ValueLayout.JAVA_BYTE, i, (byte) seeded.random().nextInt());
            }
            CidDecoder decoder = scheme.newDecoder();
            decodeAll(decoder, bytes);
            assertEquals(0, allocatedBy(() -> decodeAll(decoder, bytes)));
        }
    }

    private static void decodeAll(CidDecoder decoder, MemorySegment bytes) {
        for (int round = 0; round < 10; round++) {
            for (int offset = 0; offset < (1 << 12) - 40; offset++) {
                decoder.decodeLong(bytes, offset, 20, false);
                decoder.decodeShort(bytes, offset, 40);
                decoder.lengthOfShort(bytes, offset, 40);
            }
        }
    }

    /// The least of a few rounds: what one call allocates shows in each of them, what the compiler
    /// does at its own time in one.
    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5 && least > 0; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
