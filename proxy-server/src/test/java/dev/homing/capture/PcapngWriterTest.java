package dev.homing.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.capture.PcapngWriter.Direction;
import dev.homing.testkit.Tshark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapngWriterTest {

    private static final long NANOS = 1_700_000_000_123_456_789L;
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 51_000);
    private static final InetSocketAddress LISTENER = new InetSocketAddress("198.51.100.1", 4433);
    private static final InetSocketAddress CLIENT6 = new InetSocketAddress("2001:db8::7", 51_001);
    private static final InetSocketAddress LISTENER6 = new InetSocketAddress("2001:db8::1", 4433);

    @TempDir Path folder;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PcapngWriter writer = new PcapngWriter(file);

    private void begin() throws IOException {
        writer.section("a test");
        writer.addInterface(PcapngWriter.LINKTYPE_RAW, "clients", "made by a test");
    }

    private void add(
            InetSocketAddress from, InetSocketAddress to, byte[] payload, int kept, int ecn)
            throws IOException {
        writer.packet(
                0,
                NANOS,
                RawPacket.of(from, to, Arrays.copyOf(payload, kept), payload.length, ecn),
                RawPacket.headerBytes(from) + payload.length,
                Direction.INBOUND,
                "kept " + kept + " → of " + payload.length);
    }

    private Path written() throws IOException {
        return Files.write(folder.resolve("written.pcapng"), file.toByteArray());
    }

    private static byte[] random(int length) {
        byte[] octets = new byte[length];
        new SplittableRandom(length).nextBytes(octets);
        return octets;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "99, 99", "1200, 1200", "1200, 128", "1201, 128"})
    void whatIsWrittenIsReadBack(int length, int kept) throws IOException {
        byte[] payload = random(length);
        begin();
        add(CLIENT, LISTENER, payload, kept, 0);
        add(LISTENER6, CLIENT6, payload, kept, 2);
        writer.statistics(0, NANOS, 2, 0);

        try (Frames frames = CaptureFile.open(written())) {
            Frame first = frames.next().orElseThrow();
            assertEquals(NANOS, first.nanos().orElseThrow());
            assertDatagram(CLIENT, LISTENER, payload, kept, first);
            assertDatagram(LISTENER6, CLIENT6, payload, kept, frames.next().orElseThrow());
            assertEquals(Optional.empty(), frames.next());
        }
    }

    private static void assertDatagram(
            InetSocketAddress from, InetSocketAddress to, byte[] payload, int kept, Frame frame) {
        UdpDatagram datagram = (UdpDatagram) Content.of(frame);
        assertEquals(from, datagram.from());
        assertEquals(to, datagram.to());
        assertEquals(payload.length, datagram.lengthBytes());
        assertArrayEquals(Arrays.copyOf(payload, kept), datagram.payload());
    }

    @Test
    void aFileThatEndsAfterAnyBlockIsValid() throws IOException {
        writer.section("a test");
        assertFrames(0);
        writer.addInterface(PcapngWriter.LINKTYPE_RAW, "clients", "");
        assertFrames(0);
        add(CLIENT, LISTENER, random(50), 50, 0);
        assertFrames(1);
        writer.statistics(0, NANOS, 1, 1);
        assertFrames(1);
    }

    private void assertFrames(int expected) throws IOException {
        int count = 0;
        try (Frames frames = CaptureFile.open(written())) {
            while (frames.next().isPresent()) {
                count++;
            }
        }
        assertEquals(expected, count);
    }

    @Test
    void tsharkFindsNothingWrongWithTheHeaders() throws Exception {
        Tshark.assumeInstalled();
        begin();
        for (int length : new int[] {0, 1, 333, 1200}) {
            add(CLIENT, LISTENER, random(length), length, 0);
            add(CLIENT6, LISTENER6, random(length), length, 3);
        }
        add(CLIENT, LISTENER, random(1200), 128, 2);
        add(CLIENT6, LISTENER6, random(1200), 128, 2);
        writer.statistics(0, NANOS, 12, 2);

        List<String> lines =
                Tshark.fields(
                        written(),
                        List.of("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"),
                        "frame.len",
                        "frame.cap_len",
                        "udp.length",
                        "ip.checksum.status",
                        "udp.checksum.status",
                        "ip.dsfield.ecn",
                        "frame.comment",
                        "_ws.malformed");

        assertEquals(10, lines.size(), lines::toString);
        // Of a checksum: 1 is good, 2 cannot be verified, 3 is not present.
        assertEquals("28|28|8|1|1|0|kept 0 → of 0|", lines.get(0));
        assertEquals("48|48|8||1||kept 0 → of 0|", lines.get(1));
        assertEquals("361|361|341|1|1|0|kept 333 → of 333|", lines.get(4));
        assertEquals("1248|1248|1208||1||kept 1200 → of 1200|", lines.get(7));
        assertEquals("1228|156|1208|1|3|2|kept 128 → of 1200|", lines.get(8));
        assertEquals("1248|176|1208||2||kept 128 → of 1200|", lines.get(9));
    }

    @Test
    void refusesAddressesOfTwoFamilies() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RawPacket.of(CLIENT, LISTENER6, new byte[0], 0, 0));
    }

    @Test
    void longCommentsFit() throws IOException {
        begin();
        writer.packet(0, NANOS, new byte[0], 0, Direction.OUTBOUND, "ä".repeat(20_000));

        assertFrames(1);
        assertTrue(file.size() > 40_000);
    }
}
