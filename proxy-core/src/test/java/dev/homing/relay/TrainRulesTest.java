package dev.homing.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.homing.cid.ServerIds;
import dev.homing.cid.preset.AwsNlb;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.Lab.Forwarded;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Seeded;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of datagrams that the kernel has joined, because they came from one address and are
/// of one length.
class TrainRulesTest {

    private static final int BACKENDS = 20;
    private static final int ID_BYTES = 8;
    private static final int SEGMENT = 100;
    private static final int MOST_SEGMENTS = 64;
    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);
    private static final Cid CLIENTS = Cid.of("c0c1c2c3c4");

    @RegisterExtension final Seeded seeded = new Seeded();

    private Lab lab;

    private Lab lab(SplittableRandom random) {
        return new Lab(
                random,
                new MachineOptions().slots(2 * MOST_SEGMENTS).queueCapacity(MOST_SEGMENTS),
                Balance.CONNECTION_ID,
                Pool.LENGTH_LEARNED,
                Backends.members(BACKENDS));
    }

    @AfterEach
    void theBooksBalance() {
        lab.checkRest();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 18, 20})
    void aTrainOfOneConnectionStaysWhole(int length) {
        lab = lab(seeded.random());
        Cid server = random(length);
        Forwarded first = open(server);
        byte[] train = train(shorts(server, 20), Arrays.copyOf(shortHeader(server), 60));
        lab.queueTrain(CLIENT, SEGMENT, train);
        Forwarded whole = lab.nextForwarded();
        assertEquals(first.source(), whole.source());
        assertArrayEquals(train, whole.payload());
        assertNull(lab.nextForwarded());
        assertEquals(21, lab.books().routed(RouteMethod.LEARNED));
        assertEquals(0, lab.books().happened(Event.TRAIN_CUT));
    }

    @Test
    void aTrainOfUnknownConnectionIdsFollowsItsFlowInOnePiece() {
        lab = lab(seeded.random());
        Forwarded first = open(random(ID_BYTES));
        List<byte[]> unknown = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            unknown.add(shortHeader(random(ID_BYTES)));
        }
        byte[] train = train(unknown);
        lab.queueTrain(CLIENT, SEGMENT, train);
        Forwarded whole = lab.nextForwarded();
        assertEquals(first.backend(), whole.backend());
        assertArrayEquals(train, whole.payload());
    }

    @Test
    void aTrainIsCutWhereTheBackendChanges() {
        lab = lab(seeded.random());
        Cid[] servers = twoOfDifferentBackends();
        byte[] head = train(shorts(servers[0], 5));
        byte[] middle = train(shorts(servers[1], 7));
        byte[] tail = train(shorts(servers[0], 2), Arrays.copyOf(shortHeader(servers[0]), 40));
        lab.queueTrain(CLIENT, SEGMENT, concat(head, middle, tail));

        // By shard and port, each in its order; one flow has one shard, and each backend a port.
        List<Forwarded> runs = new ArrayList<>();
        for (Forwarded run = lab.nextForwarded(); run != null; run = lab.nextForwarded()) {
            runs.add(run);
        }
        assertEquals(3, runs.size());
        assertArrayEquals(head, runs.get(0).payload());
        assertArrayEquals(middle, runs.get(1).payload());
        assertArrayEquals(tail, runs.get(2).payload());
        assertNotEquals(runs.get(0).backend(), runs.get(1).backend());
        assertEquals(runs.get(0).source(), runs.get(2).source());
        assertEquals(1, lab.books().happened(Event.TRAIN_CUT));
    }

    @Test
    void initialsOfTwoConnectionsAreCutApartAndEachIsFoundAgain() {
        lab = lab(seeded.random());
        byte[] one = padded(Packets.initial(random(ID_BYTES), CLIENTS));
        byte[] other = padded(Packets.initial(random(ID_BYTES), CLIENTS));
        lab.queueTrain(CLIENT, SEGMENT, concat(one, one, other));
        Forwarded ofOne = lab.nextForwarded();
        Forwarded ofOther = lab.nextForwarded();
        assertArrayEquals(concat(one, one), ofOne.payload());
        assertArrayEquals(other, ofOther.payload());
        assertEquals(ofOne.source(), lab.forward(CLIENT, one).source());
        assertEquals(ofOther.source(), lab.forward(CLIENT, other).source());
    }

    @Test
    void whatIsNoPacketIsTakenOutOfTheMiddle() {
        lab = lab(seeded.random());
        Cid server = random(ID_BYTES);
        open(server);
        byte[] truncated = new byte[SEGMENT];
        Arrays.fill(truncated, (byte) 0xff); // a long header whose connection ID is longer than it
        byte[] head = train(shorts(server, 2));
        byte[] tail = train(shorts(server, 3));
        lab.queueTrain(CLIENT, SEGMENT, concat(truncated, head, truncated, truncated, tail));
        assertArrayEquals(head, lab.nextForwarded().payload());
        assertArrayEquals(tail, lab.nextForwarded().payload());
        assertEquals(3, lab.dropped(DropReason.TRUNCATED_HEADER));
    }

    @Test
    void aTrainOfNothingButRubbishIsDropped() {
        lab = lab(seeded.random());
        byte[] rubbish = new byte[5 * SEGMENT];
        Arrays.fill(rubbish, (byte) 0xff);
        lab.queueTrain(CLIENT, SEGMENT, rubbish);
        assertNull(lab.nextForwarded());
        assertEquals(5, lab.dropped(DropReason.TRUNCATED_HEADER));
    }

    @Test
    void aShorterLastDatagramThatHasNoRoomForTheConnectionIdIsRoutedByItself() {
        lab = lab(seeded.random());
        Cid server = random(ID_BYTES);
        open(server);
        byte[] train = train(shorts(server, 1), Arrays.copyOf(shortHeader(server), 5));
        lab.queueTrain(CLIENT, SEGMENT, train);
        assertEquals(SEGMENT, lab.nextForwarded().payload().length);
        assertEquals(5, lab.nextForwarded().payload().length);
        assertEquals(1, lab.books().routed(RouteMethod.LEARNED));
        assertEquals(1, lab.books().routed(RouteMethod.FLOW));
    }

    @Test
    void aSchemeIsAskedOnceForAllDatagramsOfAConnection() {
        lab = lab(seeded.random());
        Cid one = Cid.of("aa0000000000000001bbccdd");
        Cid other = Cid.of("aa0000000000000002bbccdd");
        ServerIds serverIds =
                ServerIds.ofLength(Long.BYTES)
                        .add(Arrays.copyOfRange(one.octets(), 1, 9), 1)
                        .add(Arrays.copyOfRange(other.octets(), 1, 9), 2)
                        .build();
        lab.publish(AwsNlb.of(serverIds, one.length()));
        lab.queueTrain(CLIENT, SEGMENT, concat(train(shorts(one, 3)), train(shorts(other, 4))));
        Forwarded ofOne = lab.nextForwarded();
        Forwarded ofOther = lab.nextForwarded();
        assertEquals(1, ofOne.backend());
        assertEquals(3 * SEGMENT, ofOne.payload().length);
        assertEquals(2, ofOther.backend());
        assertEquals(4 * SEGMENT, ofOther.payload().length);
        assertEquals(7, lab.books().routed(RouteMethod.DECODED));
    }

    /// The rule that all the others follow from.
    @RepeatedTest(200)
    void datagramsOfATrainGoWhereTheyWouldGoOneByOne() {
        long seed = seeded.random().nextLong();
        List<Forwarded> joined = new ArrayList<>();
        List<Forwarded> single = new ArrayList<>();
        lab = lab(new SplittableRandom(seed));
        List<byte[]> datagrams = mixture(new SplittableRandom(seed));
        lab.queueTrain(CLIENT, SEGMENT, train(datagrams));
        collect(joined);
        lab.checkRest();
        long joinedDrops = lab.books().dropped(Side.CLIENT);

        lab = lab(new SplittableRandom(seed));
        for (byte[] datagram : mixture(new SplittableRandom(seed))) {
            lab.queue(CLIENT, datagram);
        }
        collect(single);
        assertEquals(told(single), told(joined));
        assertEquals(lab.books().dropped(Side.CLIENT), joinedDrops);
    }

    /// Known connection IDs of three backends, an unknown one, first packets, and rubbish; the last
    /// may be shorter.
    private List<byte[]> mixture(SplittableRandom random) {
        List<byte[]> kinds = new ArrayList<>();
        for (int length : List.of(4, ID_BYTES, 20)) {
            Cid server = Cid.random(random, length);
            open(Cid.random(random, ID_BYTES), server);
            kinds.add(shortHeader(server));
            kinds.add(padded(Packets.handshake(server, CLIENTS)));
        }
        kinds.add(shortHeader(Cid.random(random, ID_BYTES)));
        kinds.add(padded(Packets.initial(Cid.random(random, ID_BYTES), CLIENTS)));
        kinds.add(padded(Packets.initial(Cid.random(random, ID_BYTES), CLIENTS)));
        byte[] truncated = new byte[SEGMENT];
        Arrays.fill(truncated, (byte) 0xff);
        kinds.add(truncated);
        List<byte[]> datagrams = new ArrayList<>();
        int count = 2 + random.nextInt(MOST_SEGMENTS - 2);
        byte[] kind = kinds.getFirst();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                kind = kinds.get(random.nextInt(kinds.size()));
            }
            byte[] datagram = kind.clone();
            datagram[SEGMENT - 1] = (byte) i; // all differ, so their order shows
            datagrams.add(datagram);
        }
        byte[] last = datagrams.removeLast();
        datagrams.add(Arrays.copyOf(last, 1 + random.nextInt(SEGMENT)));
        return datagrams;
    }

    private void collect(List<Forwarded> into) {
        for (Forwarded next = lab.nextForwarded(); next != null; next = lab.nextForwarded()) {
            into.add(next);
        }
    }

    /// Backend, source and octets of each datagram, by source.
    private static List<String> told(List<Forwarded> all) {
        List<String> told = new ArrayList<>();
        for (Forwarded each : all) {
            byte[] payload = each.payload();
            for (int at = 0; at < payload.length; at += SEGMENT) {
                int end = Math.min(payload.length, at + SEGMENT);
                told.add(
                        each.source()
                                + " "
                                + each.backend()
                                + " "
                                + HexFormat.of().formatHex(payload, at, end));
            }
        }
        return told;
    }

    private Cid[] twoOfDifferentBackends() {
        Cid one = random(ID_BYTES);
        int backend = open(one).backend();
        Cid other = random(ID_BYTES);
        while (open(other).backend() == backend) {
            other = random(ID_BYTES);
        }
        return new Cid[] {one, other};
    }

    private Forwarded open(Cid server) {
        return open(random(ID_BYTES), server);
    }

    private Forwarded open(Cid chosenByClient, Cid server) {
        Forwarded first =
                lab.forward(CLIENT, Packets.initial(chosenByClient, CLIENTS, new byte[60]));
        lab.answer(first, Packets.initial(CLIENTS, server, new byte[60]));
        return first;
    }

    private static List<byte[]> shorts(Cid server, int count) {
        List<byte[]> datagrams = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] datagram = shortHeader(server);
            datagram[SEGMENT - 1] = (byte) i;
            datagrams.add(datagram);
        }
        return datagrams;
    }

    private static byte[] shortHeader(Cid server) {
        byte[] datagram = padded(Packets.shortHeader(server));
        Arrays.fill(datagram, 1 + server.length(), SEGMENT, (byte) 0xee);
        return datagram;
    }

    private static byte[] padded(byte[] packet) {
        return Arrays.copyOf(packet, SEGMENT);
    }

    private static byte[] train(List<byte[]> datagrams, byte[]... more) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        datagrams.forEach(octets::writeBytes);
        Arrays.stream(more).forEach(octets::writeBytes);
        return octets.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        return train(List.of(), parts);
    }

    private Cid random(int length) {
        return Cid.random(seeded.random(), length);
    }
}
