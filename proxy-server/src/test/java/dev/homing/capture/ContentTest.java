package dev.homing.capture;

import static dev.homing.capture.Captures.ethernet;
import static dev.homing.capture.Captures.hex;
import static dev.homing.capture.Captures.ipv4;
import static dev.homing.capture.Captures.ipv6;
import static dev.homing.capture.Captures.joined;
import static dev.homing.capture.Captures.udp;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.homing.control.config.value.IpText;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From a frame to a datagram.
final class ContentTest {

    private static final byte[] PAYLOAD = hex("c0000000010203");
    private static final byte[] UDP = udp(PAYLOAD);

    private static Content of(int linkType, byte[]... parts) {
        return Content.of(new Frame(1, OptionalLong.empty(), linkType, joined(parts)));
    }

    private static UdpDatagram datagram(int linkType, byte[]... parts) {
        return assertInstanceOf(UdpDatagram.class, of(linkType, parts));
    }

    private static void assertIpv4(UdpDatagram datagram) {
        assertEquals("192.0.2.7:51000", IpText.print(datagram.from()));
        assertEquals("203.0.113.9:4433", IpText.print(datagram.to()));
        assertArrayEquals(PAYLOAD, datagram.payload());
        assertEquals(PAYLOAD.length, datagram.lengthBytes());
    }

    private static void assertIpv6(UdpDatagram datagram) {
        assertEquals("[2001:db8::7]:51000", IpText.print(datagram.from()));
        assertEquals("[2001:db8::9]:4433", IpText.print(datagram.to()));
        assertArrayEquals(PAYLOAD, datagram.payload());
        assertEquals(PAYLOAD.length, datagram.lengthBytes());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0200000000010200000000020800",
        // With one tag and with two.
        "1, 020000000001020000000002810000070800",
        "1, 02000000000102000000000288a80007810000080800",
        "0, 02000000",
        "0, 00000002",
        "108, 00000002",
        "12, ''",
        "14, ''",
        "101, ''",
        "228, ''",
        "113, 00000001000602000000000100000800",
        "276, 0800000000000002000100060200000000010000",
    })
    void findsIpv4BehindEachLinkLayer(int linkType, String before) {
        assertIpv4(datagram(linkType, hex(before), ipv4(UDP)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 02000000000102000000000286dd",
        "1, 020000000001020000000002810000070000", // the type is put behind below
        "0, 0a000000",
        "0, 18000000",
        "0, 1c000000",
        "0, 0000001e",
        "101, ''",
        "229, ''",
        "113, 000000010006020000000001000086dd",
        "276, 86dd000000000002000100060200000000010000",
    })
    void findsIpv6BehindEachLinkLayer(int linkType, String before) {
        String type = before.endsWith("070000") ? before.replaceAll("0000$", "86dd") : before;
        assertIpv6(datagram(linkType, hex(type), ipv6(17, UDP)));
    }

    @Test
    void passesOptionsAndExtensionHeaders() {
        byte[] withOptions =
                joined(hex("46"), Arrays.copyOfRange(ipv4(UDP), 1, 20), hex("01010100"), UDP);
        withOptions[3] += 4;
        assertIpv4(datagram(101, withOptions));

        byte[] extensions =
                joined(
                        hex("2b00010400000000"), // hop by hop, then routing
                        hex("3c01000000000000" + "0000000000000000"), // routing, then destination
                        hex("3300010400000000"), // destination, then authentication
                        hex(
                                "2c02000000000000"
                                        + "0000000000000000"), // authentication, then fragment
                        hex("1100000000000007"), // an atomic fragment, then UDP
                        UDP);
        assertIpv6(datagram(101, ipv6(0, extensions)));
    }

    /// Ethernet fills frames up to 60 octets.
    @Test
    void leavesPaddingOut() {
        assertIpv4(datagram(1, ethernet(ipv4(UDP)), new byte[11]));
        assertIpv6(datagram(1, ethernet(ipv6(17, UDP)), new byte[3]));
    }

    /// Devices that cut large packets themselves are given lengths of 0.
    @Test
    void takesALengthOfZeroForAllThatThereIs() {
        byte[] ip = ipv4(udp(51_000, 4433, 0, PAYLOAD));
        ip[2] = 0;
        ip[3] = 0;
        assertIpv4(datagram(101, ip));
        byte[] jumbo = ipv6(17, udp(51_000, 4433, 0, PAYLOAD));
        jumbo[4] = 0;
        jumbo[5] = 0;
        assertIpv6(datagram(101, jumbo));
    }

    @Test
    void tellsHowLongADatagramWasThatTheCaptureCutOff() {
        byte[] frame = ethernet(ipv4(UDP));
        UdpDatagram cut = datagram(1, Arrays.copyOf(frame, frame.length - 3));

        assertArrayEquals(Arrays.copyOf(PAYLOAD, 4), cut.payload());
        assertEquals(7, cut.lengthBytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2000, 0x0001, 0x1fff, 0x6001})
    void doesNotGuessAtFragments(int bits) {
        assertEquals(Content.Other.FRAGMENT, of(101, ipv4(bits, 17, UDP)));
        assertEquals(
                Content.Other.FRAGMENT,
                of(101, ipv6(44, joined(hex("110000" + "01" + "00000007"), UDP))));
        assertEquals(
                Content.Other.FRAGMENT,
                of(101, ipv6(44, joined(hex("110000" + "08" + "00000007"), UDP))));
    }

    @Test
    void tellsApartWhatIsNoDatagram() {
        assertEquals(Content.Other.NOT_UDP, of(101, ipv4(0x4000, 6, UDP)));
        assertEquals(Content.Other.NOT_UDP, of(101, ipv6(58, UDP)));
        assertEquals(Content.Other.NOT_IP, of(1, hex("0200000000010200000000020806" + "0001")));
        assertEquals(Content.Other.NOT_IP, of(113, new byte[20]));
        assertEquals(Content.Other.NOT_IP, of(276, new byte[24]));
        assertEquals(Content.Other.NOT_IP, of(0, hex("0700000045")));
        assertEquals(Content.Other.NOT_IP, of(101, hex("15")));
        assertEquals(Content.Other.UNKNOWN_LINK, of(105, ipv4(UDP)));
    }

    @Test
    void tellsWhatContradictsItself() {
        byte[] tooLong = ipv4(udp(1, 2, PAYLOAD.length + 9, PAYLOAD));
        assertEquals(Content.Other.DAMAGED, of(101, tooLong));
        assertEquals(Content.Other.DAMAGED, of(101, ipv4(udp(1, 2, 7, PAYLOAD))));
        assertEquals(Content.Other.DAMAGED, of(101, ipv6(17, udp(1, 2, 7, PAYLOAD))));
        byte[] shortHeader = ipv4(UDP);
        shortHeader[0] = 0x44;
        assertEquals(Content.Other.DAMAGED, of(101, shortHeader));
        byte[] shortTotal = ipv4(UDP);
        shortTotal[3] = 19;
        assertEquals(Content.Other.DAMAGED, of(101, shortTotal));
    }

    /// Cut anywhere before the UDP header's end, a frame says that it is cut.
    @ParameterizedTest
    @ValueSource(ints = {1, 0, 113, 276, 101})
    void tellsWhereverAFrameIsCut(int linkType) {
        String before =
                switch (linkType) {
                    case 1 -> "02000000000102000000000286dd";
                    case 0 -> "0a000000";
                    case 113 -> "000000010006020000000001000086dd";
                    case 276 -> "86dd000000000002000100060200000000010000";
                    default -> "";
                };
        byte[] frame = joined(hex(before), ipv6(60, joined(hex("1100010400000000"), UDP)));
        for (int length = 0; length < frame.length - PAYLOAD.length; length++) {
            assertEquals(
                    Content.Other.CUT_OFF, of(linkType, Arrays.copyOf(frame, length)), "" + length);
        }
        assertInstanceOf(
                UdpDatagram.class,
                of(linkType, Arrays.copyOf(frame, frame.length - PAYLOAD.length)));
    }

    @Test
    void survivesAnyOctets() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int[] linkTypes = {0, 1, 12, 101, 108, 113, 228, 229, 276, 999};
        for (int i = 0; i < 20_000; i++) {
            byte[] frame =
                    switch (random.nextInt(3)) {
                        case 0 -> new byte[random.nextInt(90)];
                        case 1 -> ipv4(UDP);
                        default -> ipv6(60, joined(hex("1100010400000000"), UDP));
                    };
            if (frame.length > 0 && frame[0] == 0) {
                random.nextBytes(frame);
            } else {
                for (int j = 0; j < 4 && frame.length > 0; j++) {
                    frame[random.nextInt(frame.length)] = (byte) random.nextInt();
                }
            }
            try {
                of(linkTypes[random.nextInt(linkTypes.length)], frame);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", frame " + i, e);
            }
        }
    }
}
