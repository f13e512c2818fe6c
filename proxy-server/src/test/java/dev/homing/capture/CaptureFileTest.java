package dev.homing.capture;

import static dev.homing.capture.Captures.block;
import static dev.homing.capture.Captures.enhanced;
import static dev.homing.capture.Captures.face;
import static dev.homing.capture.Captures.frames;
import static dev.homing.capture.Captures.hex;
import static dev.homing.capture.Captures.joined;
import static dev.homing.capture.Captures.pcap;
import static dev.homing.capture.Captures.section;
import static dev.homing.capture.Captures.simple;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both formats, as files.
final class CaptureFileTest {

    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final byte[] ONE = hex("0102030405");
    private static final byte[] TWO = hex("0a0b");

    @TempDir Path folder;

    private static ByteOrder order(boolean isBig) {
        return isBig ? ByteOrder.BIG_ENDIAN : LITTLE;
    }

    private static void assertFrame(
            long number, OptionalLong nanos, int linkType, byte[] octets, Frame frame) {
        assertEquals(number, frame.number());
        assertEquals(nanos, frame.nanos());
        assertEquals(linkType, frame.linkType());
        assertArrayEquals(octets, frame.octets());
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 1000000002",
        "true, false, 1000002000",
        "false, true, 1000000002",
        "false, false, 1000002000"
    })
    void readsClassicFilesOfBothByteOrdersAndResolutions(boolean isBig, boolean isNanos, long nanos)
            throws IOException {
        List<Frame> frames = frames(folder, pcap(order(isBig), isNanos, 276, ONE, TWO));

        assertEquals(2, frames.size());
        assertFrame(1, OptionalLong.of(nanos), 276, ONE, frames.get(0));
        assertFrame(2, OptionalLong.of(nanos + 1_000_000_000), 276, TWO, frames.get(1));
    }

    @Test
    void readsTheLinkTypeBesideTheLengthOfAChecksum() throws IOException {
        assertEquals(1, frames(folder, pcap(0x24000001, ONE)).getFirst().linkType());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsPacketsOfSeveralInterfacesAndSkipsOtherBlocks(boolean isBig) throws IOException {
        ByteOrder order = order(isBig);
        List<Frame> frames =
                frames(
                        folder,
                        joined(
                                section(order),
                                face(order, 1, 0),
                                block(order, 4, hex("00000000")),
                                face(order, 101, 0),
                                enhanced(order, 1, 0x1_0000_0002L, ONE),
                                block(order, 0x0bad, new byte[7]),
                                enhanced(order, 0, 3, TWO)));

        assertEquals(2, frames.size());
        assertFrame(1, OptionalLong.of(0x1_0000_0002L * 1000), 101, ONE, frames.get(0));
        assertFrame(2, OptionalLong.of(3000), 1, TWO, frames.get(1));
    }

    @Test
    void startsAnewWithEachSection() throws IOException {
        List<Frame> frames =
                frames(
                        folder,
                        joined(
                                section(LITTLE),
                                face(LITTLE, 1, 0),
                                enhanced(LITTLE, 0, 1, ONE),
                                section(ByteOrder.BIG_ENDIAN),
                                face(ByteOrder.BIG_ENDIAN, 113, 0),
                                enhanced(ByteOrder.BIG_ENDIAN, 0, 2, TWO)));

        assertFrame(1, OptionalLong.of(1000), 1, ONE, frames.get(0));
        assertFrame(2, OptionalLong.of(2000), 113, TWO, frames.get(1));
    }

    /// The snap length cuts, and what is left may be padding.
    @Test
    void readsSimplePacketsWhichHaveNoTime() throws IOException {
        List<Frame> frames =
                frames(
                        folder,
                        joined(
                                section(LITTLE),
                                face(LITTLE, 1, 5),
                                simple(LITTLE, 2, TWO),
                                simple(LITTLE, 900, ONE)));

        assertFrame(1, OptionalLong.empty(), 1, TWO, frames.get(0));
        assertFrame(2, OptionalLong.empty(), 1, ONE, frames.get(1));
    }

    @Test
    void readsPacketsOfTheObsoleteBlock() throws IOException {
        byte[] body =
                ByteBuffer.allocate(20 + TWO.length)
                        .order(LITTLE)
                        .putShort((short) 1)
                        .putShort((short) 9)
                        .putInt(0)
                        .putInt(7)
                        .putInt(TWO.length)
                        .putInt(TWO.length)
                        .put(TWO)
                        .array();
        List<Frame> frames =
                frames(
                        folder,
                        joined(
                                section(LITTLE),
                                face(LITTLE, 1, 0),
                                face(LITTLE, 12, 0),
                                block(LITTLE, 2, body)));

        assertFrame(1, OptionalLong.of(7000), 12, TWO, frames.getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        // if_tsresol 9: nanoseconds.
        "0900010009000000, 5, 5",
        // 2^-10: 1024 ticks a second.
        "090001008a000000, 1536, 1500000000",
        // Picoseconds.
        "090001000c000000, 7000, 7",
        // if_tsoffset 3 seconds, with microseconds and with another option before.
        "02000300657468000e0008000300000000000000, 1, 3000001000",
        // The end of options comes before.
        "000000000900010009000000, 5, 5000",
        // An option that is longer than the block.
        "0900ff0009000000, 5, 5000",
    })
    void readsTimesInTheResolutionOfTheInterface(String options, long ticks, long nanos)
            throws IOException {
        List<Frame> frames =
                frames(
                        folder,
                        joined(
                                section(LITTLE),
                                face(LITTLE, 1, 0, hex(options)),
                                enhanced(LITTLE, 0, ticks, ONE)));

        assertEquals(OptionalLong.of(nanos), frames.getFirst().nanos());
    }

    @Test
    void readsFilesWithoutFrames() throws IOException {
        assertEquals(List.of(), frames(folder, pcap(1)));
        assertEquals(List.of(), frames(folder, section(LITTLE)));
    }

    private String refusal(byte[] file) {
        return assertThrows(IOException.class, () -> frames(folder, file)).getMessage();
    }

    @Test
    void saysWhyAFileIsNoCapture() throws IOException {
        assertEquals("it is no capture: it has 3 octets", refusal(hex("0a0d0d")));
        assertEquals(
                "it is no capture in pcap or pcapng format: it begins with 0x7f454c46",
                refusal(hex("7f454c4601")));
        assertEquals(
                "it is compressed: unpack it with gunzip first", refusal(hex("1f8b080000000000")));
        assertEquals(
                "it does not exist",
                assertThrows(IOException.class, () -> CaptureFile.open(folder.resolve("missing")))
                        .getMessage());
        assertThrows(
                IOException.class,
                () -> CaptureFile.open(Files.createDirectory(folder.resolve("d"))));
    }

    @Test
    void saysWhatIsDamaged() {
        byte[] classic = pcap(1, ONE);
        assertEquals(
                "the file ends in the middle of a record",
                refusal(Arrays.copyOf(classic, classic.length - 1)));
        assertEquals(
                "the file ends in the middle of a record", refusal(Arrays.copyOf(classic, 30)));
        assertEquals(
                "the file ends in the middle of a record", refusal(Arrays.copyOf(classic, 20)));
        classic[24 + 11] = 1;
        assertEquals(
                "frame 1 is said to have 16777221 octets: the file is damaged", refusal(classic));

        byte[] ng = joined(section(LITTLE), face(LITTLE, 1, 0), enhanced(LITTLE, 0, 1, ONE));
        assertEquals(
                "the file ends in the middle of a record",
                refusal(Arrays.copyOf(ng, ng.length - 1)));
        ng[ng.length - 1] = 9;
        assertEquals("a block's two lengths disagree: the file is damaged", refusal(ng));
        assertEquals(
                "frame 1 is of an interface that is not described: the file is damaged",
                refusal(joined(section(LITTLE), enhanced(LITTLE, 0, 1, ONE))));
        assertEquals(
                "frame 1 is of an interface that is not described: the file is damaged",
                refusal(joined(section(LITTLE), simple(LITTLE, 1, ONE))));
        assertEquals(
                "a block is said to have 11 octets: the file is damaged",
                refusal(joined(section(LITTLE), hex("06000000" + "0b000000"))));
        assertEquals(
                "a block is said to have 4294967292 octets: the file is damaged",
                refusal(joined(section(LITTLE), hex("06000000" + "fcffffff"))));
        assertEquals(
                "a block is too short for what it holds: the file is damaged",
                refusal(
                        joined(
                                section(LITTLE),
                                face(LITTLE, 1, 0),
                                block(LITTLE, 6, new byte[16]))));
        assertEquals(
                "an interface block is too short: the file is damaged",
                refusal(joined(section(LITTLE), block(LITTLE, 1, new byte[4]))));
        assertEquals(
                "a section has no byte order: the file is damaged",
                refusal(hex("0a0d0d0a" + "1c000000" + "00000000")));
        byte[] version2 = section(LITTLE);
        version2[12] = 2;
        assertEquals("a section is of version 2, which is not known", refusal(version2));
    }

    /// Whatever is wrong with a file, it is told in a sentence, and soon.
    @Test
    void survivesAnyDamage() throws IOException {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        byte[] classic = pcap(ByteOrder.BIG_ENDIAN, true, 1, ONE, TWO, new byte[100]);
        byte[] ng =
                joined(
                        section(LITTLE),
                        face(LITTLE, 1, 0, hex("0900010009000000")),
                        enhanced(LITTLE, 0, 1, ONE),
                        simple(LITTLE, 2, TWO),
                        section(ByteOrder.BIG_ENDIAN),
                        face(ByteOrder.BIG_ENDIAN, 113, 0),
                        enhanced(ByteOrder.BIG_ENDIAN, 0, 2, TWO));
        for (int i = 0; i < 2000; i++) {
            byte[] file = (random.nextBoolean() ? classic : ng).clone();
            int damages = 1 + random.nextInt(4);
            for (int j = 0; j < damages; j++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            file = Arrays.copyOf(file, random.nextInt(file.length + 1));
            try {
                frames(folder, file).forEach(Content::of);
            } catch (IOException told) {
                assertEquals(false, told.getMessage().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", file " + i, e);
            }
        }
    }
}
