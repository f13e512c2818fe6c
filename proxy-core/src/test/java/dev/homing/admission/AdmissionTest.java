package dev.homing.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.LongType;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Rules;
import dev.homing.kit.Seeded;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What may begin a connection, seen from outside a whole Homing.
class AdmissionTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int BACKENDS = 4;
    private static final Place CLIENT = Place.ipv4(0x0b010203, 4000);
    private static final Cid DCID = Cid.of("d0d1d2d3d4d5d6d7");
    private static final Cid SCID = Cid.of("c0c1c2c3");
    private static final byte[] REST = new byte[1300];

    @RegisterExtension final Seeded seeded = new Seeded();

    private Lab lab(AdmissionRules rules) {
        Lab lab =
                new Lab(
                        seeded.random(),
                        new MachineOptions(),
                        Balance.CONNECTION_ID,
                        Pool.LENGTH_LEARNED,
                        Backends.members(BACKENDS));
        lab.publish(rules);
        return lab;
    }

    private static byte[] cut(byte[] datagram, int length) {
        return Arrays.copyOf(datagram, length);
    }

    private byte[] initial() {
        return Packets.initial(Cid.random(seeded.random(), 8), SCID, REST);
    }

    static Stream<Arguments> firstPackets() {
        byte[] initial = Packets.initial(DCID, SCID, REST);
        byte[] early = Packets.longHeader(LongType.ZERO_RTT, Packets.V1, DCID, SCID, REST);
        byte[] handshake = Packets.handshake(DCID, SCID, REST);
        int header = 7 + 8 + 4;
        Cid tooLong = Cid.of("00".repeat(21));
        return Stream.of(
                Arguments.of("an Initial of 1200", cut(initial, 1200), null),
                Arguments.of("of 1199", cut(initial, 1199), DropReason.SMALL_INITIAL),
                Arguments.of("its header", cut(initial, header), DropReason.SMALL_INITIAL),
                Arguments.of("version 2, of 1200", v(Packets.V2, 1200), null),
                Arguments.of("version 2", v(Packets.V2, 1199), DropReason.SMALL_INITIAL),
                Arguments.of("its draft", v(Packets.V2_DRAFT, 1199), DropReason.SMALL_INITIAL),
                Arguments.of("a draft", v(Packets.DRAFT_29, 1199), DropReason.SMALL_INITIAL),
                Arguments.of("an unknown version", v(Packets.GREASED_VERSION, header), null),
                Arguments.of("0-RTT", cut(early, 300), null),
                Arguments.of("the least of 0-RTT", cut(early, header + 21), null),
                Arguments.of("less", cut(early, header + 20), DropReason.NOT_QUIC),
                Arguments.of("the least Handshake", cut(handshake, header + 21), null),
                Arguments.of("less", cut(handshake, header + 20), DropReason.NOT_QUIC),
                Arguments.of("a Retry", Packets.retry(DCID, SCID, REST), DropReason.NOT_QUIC),
                Arguments.of(
                        "Version Negotiation",
                        Packets.versionNegotiation(DCID, SCID, Packets.V1),
                        DropReason.NOT_QUIC),
                Arguments.of(
                        "21 octets of a destination",
                        Packets.initial(tooLong, SCID, REST),
                        DropReason.NOT_QUIC),
                Arguments.of(
                        "21 octets of a source",
                        Packets.initial(DCID, tooLong, REST),
                        DropReason.NOT_QUIC),
                Arguments.of(
                        "21 octets in another version",
                        Packets.longHeader(0xc0, Packets.GREASED_VERSION, tooLong, tooLong),
                        null),
                Arguments.of(
                        "the least short header", Packets.shortHeader(DCID, new byte[12]), null),
                Arguments.of("less", Packets.shortHeader(DCID, new byte[11]), DropReason.NOT_QUIC),
                Arguments.of("a single octet", new byte[1], DropReason.NOT_QUIC));
    }

    private static byte[] v(int version, int length) {
        return cut(Packets.longHeader(LongType.INITIAL, version, DCID, SCID, REST), length);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("firstPackets")
    void aFirstPacketMustBeOneThatAClientMayBeginWith(
            String ignoredName, byte[] datagram, DropReason expected) {
        Lab lab = lab(Rules.checking());
        Lab.Forwarded forwarded = lab.tryForward(CLIENT, datagram);
        if (expected == null) {
            assertNotNull(forwarded, "was dropped");
        } else {
            assertNull(forwarded);
            assertEquals(1, lab.dropped(expected));
        }
        lab.checkRest();
    }

    @Test
    void whatBelongsToAConnectionIsNotLookedAt() {
        Lab lab = lab(Rules.checking(Packets.V1));
        Lab.Forwarded first = lab.forward(CLIENT, Packets.initial(DCID, SCID, REST));
        lab.answer(first, Packets.initial(SCID, DCID));

        lab.forward(CLIENT, Packets.initial(DCID, SCID));
        lab.forward(CLIENT, Packets.longHeader(0xc0, Packets.SCONE, DCID, Cid.EMPTY));
        lab.forward(CLIENT, new byte[1]);
        assertEquals(1, lab.books().happened(Event.SESSION_OPENED));
    }

    @Test
    void ofATrainTheFirstDatagramDecidesAndAllShareItsFate() {
        Lab lab = lab(Rules.checking());
        byte[] whole = new byte[2 * 1200 + 100];
        System.arraycopy(Packets.initial(DCID, SCID, REST), 0, whole, 0, 1200);
        System.arraycopy(Packets.initial(DCID, SCID, REST), 0, whole, 1200, 1200);
        System.arraycopy(Packets.initial(DCID, SCID, REST), 0, whole, 2400, 100);
        lab.queueTrain(CLIENT, 1200, whole);
        assertNotNull(lab.nextForwarded(), "the last may be shorter: it begins nothing");

        byte[] small = new byte[2 * 100];
        System.arraycopy(Packets.initial(Cid.of("e0e1e2e3e4e5e6e7"), SCID, REST), 0, small, 0, 100);
        System.arraycopy(small, 0, small, 100, 100);
        lab.queueTrain(CLIENT.withPort(5000), 100, small);
        assertNull(lab.nextForwarded());
        assertEquals(2, lab.dropped(DropReason.SMALL_INITIAL));
        lab.checkRest();
    }

    @Test
    void onlyListedVersionsBeginConnections() {
        Lab lab = lab(Rules.checking(Packets.V2, Packets.DRAFT_29));
        assertNull(lab.tryForward(CLIENT, v(Packets.V1, 1200)));
        assertNull(lab.tryForward(CLIENT, v(Packets.GREASED_VERSION, 1200)));
        assertEquals(2, lab.dropped(DropReason.VERSION_REFUSED));
        lab.forward(CLIENT, v(Packets.V2, 1200));
        lab.forward(CLIENT.withPort(1), v(Packets.DRAFT_29, 1200));
        lab.forward(CLIENT.withPort(2), Packets.shortHeader(DCID, REST)); // has no version
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void soManyConnectionsBeginASecond(int perSecond) {
        Lab lab = lab(Rules.limiting(perSecond, 0, 0, 0));
        assertEquals(perSecond, begun(lab, 2 * perSecond), "a burst");
        assertEquals(perSecond, lab.dropped(DropReason.NEW_CONNECTIONS_LIMIT));
        lab.sleep(SECOND_NS / perSecond);
        assertEquals(1, begun(lab, 2), "after the time for one");
        lab.sleep(10 * SECOND_NS);
        assertEquals(perSecond, begun(lab, 2 * perSecond), "saved up is a burst, not more");
    }

    private int begun(Lab lab, int attempts) {
        int begun = 0;
        for (int i = 0; i < attempts; i++) {
            Place stranger = Place.ipv4(seeded.random().nextInt(), 4000);
            begun += lab.tryForward(stranger, initial()) == null ? 0 : 1;
        }
        return begun;
    }

    @Test
    void aLimitedAddressLeavesTheOthersAlone() {
        Lab lab = lab(Rules.limiting(0, 0, 2, 0));
        for (int port = 1; port <= 5; port++) {
            Lab.Forwarded forwarded = lab.tryForward(CLIENT.withPort(port), initial());
            assertEquals(port <= 2, forwarded != null, "connection " + port);
        }
        assertEquals(3, lab.dropped(DropReason.ADDRESS_LIMIT));
        lab.forward(new Place(CLIENT.high(), CLIENT.low() + 1, 1), initial());
    }

    @Test
    void oneSocketThatOpensManyConnectionsIsLimitedToo() {
        Lab lab = lab(Rules.limiting(0, 0, 2, 0));
        lab.forward(CLIENT, initial());
        lab.forward(CLIENT, initial());
        assertNull(lab.tryForward(CLIENT, initial()));
        assertEquals(1, lab.dropped(DropReason.ADDRESS_LIMIT));
    }

    @Test
    void anIpv6AddressIsWhoeverHasItsFirst64Bits() {
        Lab lab = lab(Rules.limiting(0, 0, 1, 0));
        lab.forward(new Place(0x20010db8_00000001L, 1, 1), initial());
        assertNull(lab.tryForward(new Place(0x20010db8_00000001L, 2, 1), initial()));
        lab.forward(new Place(0x20010db8_00000002L, 1, 1), initial());
    }

    @Test
    void addressesOfOneNetworkShareItsLimit() {
        Lab lab = lab(Rules.limiting(0, 0, 0, 2));
        lab.forward(Place.ipv4(0x0b010201, 1), initial());
        lab.forward(Place.ipv4(0x0b010202, 1), initial());
        assertNull(lab.tryForward(Place.ipv4(0x0b0102ff, 1), initial()));
        lab.forward(Place.ipv4(0x0b010301, 1), initial());
        lab.forward(new Place(0x20010db8_00000001L, 1, 1), initial());
        lab.forward(new Place(0x20010db8_00000002L, 1, 1), initial());
        assertNull(lab.tryForward(new Place(0x20010db8_000000ffL, 1, 1), initial()));
        lab.forward(new Place(0x20010db8_00000100L, 1, 1), initial());
        assertEquals(2, lab.dropped(DropReason.NETWORK_LIMIT));
    }

    @Test
    void aBackendAtItsLimitLeavesTheOthersAlone() {
        Lab lab = lab(Rules.limiting(0, 5, 0, 0));
        assertEquals(5 * BACKENDS, begun(lab, 500));
        assertEquals(500 - 5 * BACKENDS, lab.dropped(DropReason.BACKEND_LIMIT));
    }

    @Test
    void whoIsRefusedUsesUpNothing() {
        Lab lab = lab(Rules.limiting(3, 0, 1, 0));
        lab.forward(CLIENT, initial());
        for (int i = 0; i < 10; i++) {
            assertNull(lab.tryForward(CLIENT, initial()));
        }
        assertEquals(2, begun(lab, 10), "what the refused ones have left");
    }

    @Test
    void anEstablishedConnectionGoesOnAndMovesWhateverIsLimited() {
        Lab lab = lab(Rules.limiting(1, 1, 1, 1));
        Cid server = Cid.of("5e5e5e5e5e5e5e5e");
        Lab.Forwarded first = lab.forward(CLIENT, Packets.initial(DCID, SCID, REST));
        lab.answer(first, Packets.initial(SCID, server));
        for (int i = 0; i < 20; i++) {
            assertNull(lab.tryForward(CLIENT.withPort(1 + i), initial()));
            lab.forward(CLIENT, Packets.initial(DCID, SCID, REST)); // once more, as after a loss
            lab.forward(CLIENT, Packets.shortHeader(server, REST));
            Lab.Forwarded moved =
                    lab.forward(CLIENT.withPort(5000 + i), Packets.shortHeader(server, REST));
            assertEquals(first.backend(), moved.backend());
        }
        assertEquals(20, lab.books().dropped(Side.CLIENT));
    }

    @Test
    void anotherTableLimitsAtOnceAndKeepsWhatIsCounted() {
        Lab lab = lab(Rules.limiting(2, 0, 0, 0));
        assertEquals(2, begun(lab, 10));
        lab.publish(Rules.limiting(4, 0, 0, 0));
        assertEquals(0, begun(lab, 10), "a second's worth is used up");
        lab.sleep(SECOND_NS / 2);
        assertEquals(2, begun(lab, 10));
        lab.publish(AdmissionRules.ANYTHING);
        assertEquals(10, begun(lab, 10));
        assertTrue(lab.dropped(DropReason.NEW_CONNECTIONS_LIMIT) > 0);
    }
}
