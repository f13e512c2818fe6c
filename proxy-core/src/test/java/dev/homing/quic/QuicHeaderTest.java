package dev.homing.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Cid;
import dev.homing.kit.LongType;
import dev.homing.kit.Packets;
import dev.homing.kit.Seeded;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuicHeaderTest {

    private static final byte[] REST = {1, 2, 3, 4};

    @RegisterExtension final Seeded seeded = new Seeded();

    private final QuicHeader header = new QuicHeader();

    static Stream<Arguments> startsByVersionAndType() {
        List<Integer> known =
                List.of(
                        Packets.V1,
                        Packets.V2,
                        Packets.V2_DRAFT,
                        Packets.DRAFT_29,
                        0xff000000,
                        0xff0000ff);
        List<Integer> unknown =
                List.of(
                        0,
                        Packets.SCONE,
                        0xef7dc0fd,
                        Packets.GREASED_VERSION,
                        2,
                        0xff000100,
                        0x51303530,
                        0x6b3343ce,
                        -1);
        return Stream.concat(
                known.stream()
                        .flatMap(version ->
                                Arrays.stream(LongType.values())
                                        .map(type ->
                                                Arguments.of(
                                                        version,
                                                        type,
                                                        type == LongType.INITIAL
                                                                || type == LongType.ZERO_RTT))),
                unknown.stream()
                        .flatMap(version ->
                                Arrays.stream(LongType.values())
                                        .map(type -> Arguments.of(version, type, false))));
    }

    @ParameterizedTest
    @MethodSource("startsByVersionAndType")
    void initialAnd0RttOfKnownVersionsStartConnections(int version, LongType type, boolean starts) {
        byte[] packet =
                Packets.longHeader(type, version, Cid.numbered(1, 8), Cid.numbered(2, 5), REST);
        for (boolean greased : new boolean[] {false, true}) {
            packet[0] = (byte) (greased ? packet[0] & ~0x40 : packet[0] | 0x40);
            assertEquals(HeaderForm.LONG, read(packet));
            assertTrue(header.isLong());
            assertEquals(version, header.version());
            assertEquals(version == 0, header.isVersionNegotiation());
            assertEquals(starts, header.startsConnection());
            assertEquals(
                    Arrays.asList(
                                    Packets.V1,
                                    Packets.V2,
                                    Packets.V2_DRAFT,
                                    Packets.DRAFT_29,
                                    0xff000000,
                                    0xff0000ff)
                            .contains(version),
                    header.isVersionKnown());
        }
    }

    @ParameterizedTest
    @MethodSource("startsByVersionAndType")
    void tellsTheTypeOfPacketsOfKnownVersions(int version, LongType type) {
        read(Packets.longHeader(type, version, Cid.numbered(1, 8), Cid.numbered(2, 5), REST));

        PacketType expected =
                version == 0
                        ? PacketType.VERSION_NEGOTIATION
                        : header.isVersionKnown()
                                ? PacketType.valueOf(type.name())
                                : PacketType.UNKNOWN;
        assertEquals(expected, header.type());
    }

    @Test
    void aShortHeaderIsATypeOfItsOwn() {
        read(Packets.shortHeader(Cid.numbered(1, 8), REST));

        assertEquals(PacketType.SHORT, header.type());
    }

    /// RFC 9000 section 7.2.
    @Test
    void anInitialToFewerThanEightOctetsStartsNothing() {
        for (int length = 0; length <= 20; length++) {
            read(Packets.initial(Cid.numbered(1, length), Cid.numbered(2, 8), REST));
            assertEquals(length >= 8, header.startsConnection());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 8, 18, 19, 20, 21, 63, 64, 127, 128, 254, 255})
    void findsBothConnectionIdsOfAnyLength(int dcidLength) {
        for (int scidLength : new int[] {0, 1, 8, 20, 21, 128, 255}) {
            Cid dcid = Cid.random(seeded.random(), dcidLength);
            Cid scid = Cid.random(seeded.random(), scidLength);
            byte[] packet = Packets.longHeader(LongType.HANDSHAKE, Packets.V1, dcid, scid);

            assertEquals(HeaderForm.LONG, read(packet));

            assertEquals(dcid, cid(packet, header.dcidOffset(), header.dcidLength()));
            assertEquals(scid, cid(packet, header.scidOffset(), header.scidLength()));
        }
    }

    @Test
    void findsConnectionIdsOfAPacketInTheMiddleOfASlot() {
        Cid dcid = Cid.numbered(77, 8);
        Cid scid = Cid.numbered(78, 20);
        byte[] packet = Packets.initial(dcid, scid, REST);
        byte[] slot = new byte[500];
        System.arraycopy(packet, 0, slot, 123, packet.length);

        assertEquals(HeaderForm.LONG, header.read(MemorySegment.ofArray(slot), 123, packet.length));

        assertEquals(dcid, cid(slot, header.dcidOffset(), header.dcidLength()));
        assertEquals(scid, cid(slot, header.scidOffset(), header.scidLength()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x00, 0x7f, 0x3f})
    void aShortHeaderHasAsManyOctetsForTheConnectionIdAsThereAre(int firstOctet) {
        byte[] packet = Packets.shortHeader(Cid.numbered(9, 20), REST);
        packet[0] = (byte) firstOctet;

        assertEquals(HeaderForm.SHORT, read(packet));

        assertFalse(header.isLong());
        assertFalse(header.startsConnection());
        assertFalse(header.isVersionNegotiation());
        assertEquals(1, header.dcidOffset());
        assertEquals(24, header.dcidLength());
        assertEquals(0, header.scidLength());
    }

    @Test
    void aShortHeaderAfterALongOneKeepsNothingOfIt() {
        read(Packets.initial(Cid.numbered(1, 8), Cid.numbered(2, 8)));
        read(Packets.shortHeader(Cid.numbered(3, 4)));

        assertEquals(0, header.version());
        assertEquals(0, header.scidLength());
        assertFalse(header.startsConnection());
        assertFalse(header.isVersionNegotiation());
    }

    @Test
    void versionNegotiationIsALongHeaderThatStartsNothing() {
        byte[] packet =
                Packets.versionNegotiation(
                        Cid.numbered(1, 8), Cid.numbered(2, 20), Packets.V1, Packets.V2);
        for (int bits = 0; bits < 128; bits++) {
            packet[0] = (byte) (0x80 | bits); // RFC 8999 section 6: the other bits are arbitrary
            assertEquals(HeaderForm.LONG, read(packet));
            assertTrue(header.isVersionNegotiation());
            assertFalse(header.startsConnection());
        }
    }

    @Test
    void sconeBeforeAShortHeaderHasTheConnectionIdOfTheFollowingPacket() {
        Cid dcid = Cid.numbered(5, 18);
        byte[] packet =
                Packets.longHeader(0xff, Packets.SCONE, dcid, Cid.EMPTY, Packets.shortHeader(dcid));

        assertEquals(HeaderForm.LONG, read(packet));

        assertEquals(dcid, cid(packet, header.dcidOffset(), header.dcidLength()));
        assertEquals(0, header.scidLength());
        assertFalse(header.startsConnection());
        assertFalse(header.isVersionNegotiation());
    }

    @Test
    void everyPrefixOfALongHeaderIsTruncatedUpToItsLastConnectionId() {
        for (int dcidLength : new int[] {0, 1, 8, 20, 255}) {
            for (int scidLength : new int[] {0, 1, 8, 20, 255}) {
                byte[] packet =
                        Packets.initial(
                                Cid.random(seeded.random(), dcidLength),
                                Cid.random(seeded.random(), scidLength),
                                REST);
                int headerLength = packet.length - REST.length;
                for (int length = 0; length <= packet.length; length++) {
                    HeaderForm expected =
                            length == 0
                                    ? HeaderForm.EMPTY
                                    : length < headerLength
                                            ? HeaderForm.TRUNCATED
                                            : HeaderForm.LONG;
                    // The segment ends where the prefix does, so a read past it would throw.
                    assertEquals(expected, read(Arrays.copyOf(packet, length)));
                }
            }
        }
    }

    @Test
    void everyPrefixOfAShortHeaderIsAShortHeader() {
        byte[] packet = Packets.shortHeader(Cid.numbered(1, 20), REST);
        for (int length = 1; length <= packet.length; length++) {
            assertEquals(HeaderForm.SHORT, read(Arrays.copyOf(packet, length)));
            assertEquals(length - 1, header.dcidLength());
        }
    }

    @Test
    void trustsTheLengthGivenAndNotTheSlot() {
        byte[] packet = Packets.initial(Cid.numbered(1, 8), Cid.numbered(2, 8), new byte[100]);
        IntStream.range(0, 23)
                .forEach(length ->
                        assertEquals(
                                length == 0 ? HeaderForm.EMPTY : HeaderForm.TRUNCATED,
                                header.read(MemorySegment.ofArray(packet), 0, length)));
    }

    private HeaderForm read(byte[] packet) {
        return header.read(MemorySegment.ofArray(packet), 0, packet.length);
    }

    private static Cid cid(byte[] packet, int offset, int length) {
        return Cid.of(Arrays.copyOfRange(packet, offset, offset + length));
    }
}
