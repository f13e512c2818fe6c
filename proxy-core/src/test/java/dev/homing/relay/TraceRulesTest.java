package dev.homing.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.hash.Fnv1a;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.Lab.Forwarded;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Seeded;
import dev.homing.kit.Traced;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceRecord;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a trace records of the relay, rule by rule.
class TraceRulesTest {

    private static final int ONE_IN = 50;
    private static final int SNAP = 64;
    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);
    private static final Place OTHER = Place.ipv4(0x0b000002, 5000);
    private static final Place LISTENER = Place.ipv4(0x0afe0001, 0);
    private static final Cid CLIENTS = Cid.of("c0c1c2c3c4");
    private static final byte[] REST = new byte[200];
    private static final Set<DropReason> NO_DROPS = EnumSet.noneOf(DropReason.class);
    private static final Set<DropReason> ALL_DROPS = EnumSet.allOf(DropReason.class);

    @RegisterExtension final Seeded seeded = new Seeded();

    private Lab lab;

    private Lab lab(int receivers) {
        lab =
                new Lab(
                        seeded.random(),
                        new MachineOptions().receivers(receivers).queueCapacity(4),
                        Balance.CONNECTION_ID,
                        Pool.LENGTH_LEARNED,
                        Backends.members(5));
        return lab;
    }

    @AfterEach
    void theBooksBalance() {
        lab.checkRest();
    }

    private static Selection sample(int number) {
        return new Selection(number, ONE_IN, 0, new byte[0], NO_DROPS, 1, SNAP);
    }

    private static Selection drops(Set<DropReason> reasons, int oneIn) {
        return new Selection(1, 0, 0, new byte[0], reasons, oneIn, SNAP);
    }

    private static Selection everything() {
        return new Selection(1, 1, 0, new byte[0], NO_DROPS, 1, SNAP);
    }

    private static Selection asked(Cid id) {
        return new Selection(1, 0, 0, id.octets(), NO_DROPS, 1, SNAP);
    }

    /// A connection ID that is of the sample, or is not.
    private Cid id(boolean isSampled) {
        while (true) {
            Cid id = Cid.random(seeded.random(), 8);
            long hash = Fnv1a.hash(MemorySegment.ofArray(id.octets()), 0, id.length());
            if (isSampled == (Long.remainderUnsigned(hash, ONE_IN) == 0)) {
                return id;
            }
        }
    }

    /// A connection from its first packet to short headers of both ends: six datagrams.
    private void converse(Place client, Cid first, Cid server) {
        Forwarded initial = lab.forward(client, Packets.initial(first, CLIENTS, REST));
        lab.answer(initial, Packets.initial(CLIENTS, server, REST));
        lab.forward(client, Packets.handshake(server, CLIENTS, REST));
        lab.answer(initial, Packets.handshake(CLIENTS, server, REST));
        lab.forward(client, Packets.shortHeader(server, REST));
        lab.answer(initial, Packets.shortHeader(CLIENTS, REST));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void recordsBothDirectionsOfASampledConnectionAndNothingOfOthers(int receivers) {
        lab(receivers);
        lab.trace(sample(1));

        converse(OTHER, id(false), id(false));
        assertEquals(List.of(), lab.traced());
        converse(CLIENT, id(true), id(false));
        converse(OTHER, id(false), id(false));

        List<Traced> all = lab.traced();
        assertEquals(6, all.size());
        for (int i = 0; i < all.size(); i++) {
            Traced each = all.get(i);
            assertEquals(i % 2 == 0 ? Side.CLIENT : Side.BACKEND, each.side());
            assertEquals(CLIENT, each.remote());
            assertEquals(LISTENER, each.local());
            assertEquals(all.getFirst().backend(), each.backend());
            assertEquals(1, each.number());
            assertNull(each.reason());
        }
        assertEquals(RouteMethod.HASH, all.get(0).method());
        assertEquals(RouteMethod.LEARNED, all.get(4).method());
        assertNull(all.get(5).method());
        assertEquals(8, all.get(4).idLength());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void beginsInMidConnectionWithTheServersChoice(int receivers) {
        lab(receivers);
        Cid server = id(true);
        converse(CLIENT, id(false), server);
        Forwarded before = lab.forward(CLIENT, Packets.shortHeader(server, REST));
        lab.trace(sample(1));

        lab.answer(before, Packets.shortHeader(CLIENTS, REST));
        assertEquals(List.of(), lab.traced(), "a short header does not say whose it is");
        Forwarded named = lab.forward(CLIENT, Packets.shortHeader(server, REST));
        lab.answer(named, Packets.shortHeader(CLIENTS, REST));

        assertEquals(
                List.of(Side.CLIENT, Side.BACKEND),
                lab.traced().stream().map(Traced::side).toList());
    }

    @Test
    void takesAConnectionFromWhereItsServerChoosesASampledId() {
        lab(1);
        lab.trace(sample(1));

        converse(CLIENT, id(false), id(true));

        List<Traced> all = lab.traced();
        assertEquals(5, all.size(), "all but the first");
        assertEquals(Side.BACKEND, all.getFirst().side());
    }

    @Test
    void followsAMovedClientByASampledId() {
        lab(1);
        Cid server = id(true);
        converse(CLIENT, id(false), server);
        lab.trace(sample(1));

        Forwarded moved = lab.forward(OTHER, Packets.shortHeader(server, REST));
        lab.answer(moved, Packets.shortHeader(CLIENTS, REST));

        List<Traced> all = lab.traced();
        assertEquals(2, all.size());
        assertTrue(all.stream().allMatch(each -> each.remote().equals(OTHER)));
    }

    @Test
    void theNextTraceTakesItsOwnConnections() {
        lab(1);
        Cid server = id(false);
        lab.trace(sample(1));
        converse(CLIENT, id(true), server);
        assertEquals(6, lab.traced().size());

        lab.trace(sample(2));
        lab.forward(CLIENT, Packets.shortHeader(server, REST));

        assertEquals(List.of(), lab.traced());
    }

    @Test
    void recordsNothingWhenItIsOver() {
        lab(1);
        lab.trace(everything());
        converse(CLIENT, id(true), id(true));
        assertEquals(6, lab.traced().size());

        lab.trace(Selection.NONE);
        converse(OTHER, id(true), id(true));

        assertEquals(List.of(), lab.traced());
    }

    @Test
    void oneInOneIsEverything() {
        lab(1);
        lab.trace(everything());

        converse(CLIENT, id(false), Cid.EMPTY);
        lab.tryForward(CLIENT, new byte[0]);

        List<Traced> all = lab.traced();
        assertEquals(7, all.size());
        assertEquals(1, all.stream().filter(each -> each.reason() == DropReason.EMPTY).count());
    }

    @Test
    void findsTheConnectionIdOfEitherEndThatWasAskedFor() {
        for (boolean isServers : new boolean[] {true, false}) {
            lab(1);
            Cid server = id(false);
            lab.trace(asked(isServers ? server : CLIENTS));

            Forwarded initial = lab.forward(CLIENT, Packets.initial(id(false), CLIENTS, REST));
            lab.answer(initial, Packets.initial(CLIENTS, server, REST));
            lab.forward(OTHER, Packets.initial(id(false), Cid.of("ee"), REST));

            assertEquals(isServers ? 1 : 2, lab.traced().size());
        }
    }

    @Test
    void findsAnAskedForConnectionIdOfUnknownLengthInAShortHeader() {
        lab(1);
        Cid id = id(false);
        lab.trace(asked(id));

        lab.forward(CLIENT, Packets.shortHeader(id, REST));
        lab.forward(OTHER, Packets.shortHeader(id(false), REST));

        List<Traced> all = lab.traced();
        assertEquals(1, all.size());
        assertEquals(CLIENT, all.getFirst().remote());
    }

    @Test
    void keepsTheFirstOctetsAndTellsTheWholeLength() {
        lab(1);
        lab.trace(everything());
        byte[] packet = Packets.initial(id(false), CLIENTS, REST);

        lab.forward(CLIENT, packet);

        Traced only = lab.traced().getFirst();
        assertEquals(packet.length, only.lengthBytes());
        assertArrayEquals(Arrays.copyOf(packet, SNAP), only.heads().getFirst());
    }

    @Test
    void aTrainIsOneRecordWithTheHeadOfEachDatagram() {
        lab(1);
        lab.trace(everything());
        byte[] train = new byte[3 * 100 + 20];
        for (int i = 0; i < train.length; i++) {
            train[i] = (byte) (i < 100 ? 0x40 + i % 8 : i % 100 + (i % 100 == 0 ? 0x40 : 0));
        }

        lab.queueTrain(CLIENT, 100, train);
        lab.nextForwarded();

        Traced only = lab.traced().getFirst();
        assertEquals(320, only.lengthBytes());
        assertEquals(100, only.segmentBytes());
        assertEquals(4, only.heads().size());
        assertArrayEquals(Arrays.copyOf(train, SNAP), only.heads().getFirst());
        assertArrayEquals(Arrays.copyOfRange(train, 200, 200 + SNAP), only.heads().get(2));
        assertArrayEquals(Arrays.copyOfRange(train, 300, 320), only.heads().get(3));
    }

    // Drops.

    @Test
    void recordsDropsByTheirReasonWithWhatIsKnown() {
        lab(1);
        lab.trace(drops(Set.of(DropReason.TRUNCATED_HEADER, DropReason.UNKNOWN_SENDER), 1));
        Forwarded initial = lab.forward(CLIENT, Packets.initial(id(true), CLIENTS, REST));

        lab.tryForward(CLIENT, new byte[] {(byte) 0xc0, 0, 0});
        lab.tryForward(CLIENT, new byte[0]);
        lab.tryAnswer(initial, OTHER, Packets.shortHeader(CLIENTS, REST));

        List<Traced> all = lab.traced();
        assertEquals(2, all.size(), "neither what is sent nor what is empty");
        Traced stranger = all.get(0);
        assertEquals(DropReason.UNKNOWN_SENDER, stranger.reason());
        assertEquals(Side.BACKEND, stranger.side());
        assertEquals(OTHER, stranger.remote());
        assertFalse(stranger.isRemoteClient());
        assertTrue(stranger.backend() < 0);
        Traced truncated = all.get(1);
        assertEquals(DropReason.TRUNCATED_HEADER, truncated.reason());
        assertEquals(CLIENT, truncated.remote());
        assertTrue(truncated.isRemoteClient());
        assertEquals(TraceRecord.UNKNOWN_NS, truncated.tookNs());
    }

    @Test
    void recordsEachSoManythDropOfAReason() {
        lab(1);
        lab.trace(drops(ALL_DROPS, 10));

        for (int i = 0; i < 40; i++) {
            lab.tryForward(CLIENT, new byte[0]);
            lab.tryForward(CLIENT, new byte[] {(byte) 0xc0, 0, 0});
        }

        List<Traced> all = lab.traced();
        assertEquals(8, all.size());
        assertEquals(4, all.stream().filter(each -> each.reason() == DropReason.EMPTY).count());
    }

    @Test
    void recordsWhatASampledConnectionLosesInAFullQueue() {
        lab(1);
        lab.trace(sample(1));
        for (int i = 0; i < 4; i++) {
            lab.queue(CLIENT, Packets.initial(id(false), CLIENTS, REST));
        }

        lab.queue(CLIENT, Packets.initial(id(false), CLIENTS, REST));
        lab.queue(CLIENT, Packets.initial(id(true), CLIENTS, REST));
        while (lab.nextForwarded() != null) {
            // What was queued leaves.
        }

        List<Traced> all = lab.traced();
        assertEquals(1, all.size());
        assertEquals(DropReason.QUEUE_FULL, all.getFirst().reason());
    }

    @Test
    void recordsTheDroppedPartsOfATrain() {
        lab(1);
        lab.trace(drops(ALL_DROPS, 1));
        byte[] train = new byte[60];
        Arrays.fill(train, 20, 40, (byte) 0xff);

        lab.queueTrain(CLIENT, 20, train);
        lab.nextForwarded();
        lab.nextForwarded();

        Traced only = lab.traced().getFirst();
        assertEquals(DropReason.TRUNCATED_HEADER, only.reason());
        assertEquals(20, only.lengthBytes());
        assertArrayEquals(Arrays.copyOfRange(train, 20, 40), only.heads().getFirst());
    }

    @Test
    void tellsWhenADatagramWasReceived() {
        lab(1);
        lab.trace(everything());
        lab.forward(CLIENT, Packets.initial(id(true), CLIENTS, REST));
        long first = lab.traced().getFirst().timeNs();

        lab.pass(2);
        lab.forward(CLIENT, Packets.initial(id(true), CLIENTS, REST));

        assertEquals(first + 2_000_000_000L, lab.traced().getFirst().timeNs());
    }
}
