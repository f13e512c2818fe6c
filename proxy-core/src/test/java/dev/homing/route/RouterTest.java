package dev.homing.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.LongType;
import dev.homing.kit.Packets;
import dev.homing.kit.Seeded;
import dev.homing.kit.Slots;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final int POOL = 3;
    private static final int BACKENDS = 50;
    private static final byte[] REST = new byte[40];
    private static final Cid CLIENT = Cid.numbered(99, 8);

    @RegisterExtension final Seeded seeded = new Seeded();

    private final Map<List<Long>, Integer> table = new HashMap<>();
    private final List<Integer> asked = new ArrayList<>();
    private final Router router = new Router(this::find, new SipHash(5, 6), new UndecodedIds(2));
    private final ConnectionIdLengths lengths = new ConnectionIdLengths();
    private Pool pool = pool(Balance.CONNECTION_ID, Pool.LENGTH_LEARNED);

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 18, 20})
    void aLearnedConnectionIdOfALongHeaderHasItsBackend(int length) {
        Cid cid = Cid.random(seeded.random(), length);
        learn(cid, 17);
        for (LongType type : LongType.values()) {
            long route = route(Packets.longHeader(type, Packets.V1, cid, CLIENT, REST));
            assertTrue(Route.isLearned(route));
            assertEquals(17, Route.backend(route));
        }
        long unknownVersion =
                route(
                        Packets.longHeader(
                                LongType.RETRY, Packets.GREASED_VERSION, cid, CLIENT, REST));
        assertTrue(Route.isLearned(unknownVersion));
        assertFalse(Route.startsConnection(unknownVersion));
    }

    @Test
    void aConnectionIdOfAnotherPoolIsUnknown() {
        Cid cid = Cid.random(seeded.random(), 8);
        table.put(key(cid.words(POOL + 1)), 17);
        assertFalse(Route.isLearned(route(Packets.handshake(cid, CLIENT))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 21, 64, 255})
    void aLongHeaderWhoseConnectionIdCannotBeStoredGoesByTheFlow(int length) {
        Set<Integer> backends = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Cid cid = Cid.random(seeded.random(), length);
            long route = route(Packets.initial(cid, CLIENT, REST));
            assertFalse(Route.isLearned(route));
            backends.add(Route.backend(route));
        }
        assertEquals(1, backends.size());
        assertEquals(List.of(), asked);
    }

    @Test
    void shortHeadersProbeTheLengthsSeenLongestFirst() {
        lengths.add(4);
        lengths.add(8);
        lengths.add(20);
        Cid longest = Cid.random(seeded.random(), 20);
        byte[] packet = Packets.shortHeader(longest, REST);

        assertFalse(Route.isLearned(route(packet)));
        assertEquals(List.of(20, 8, 4), asked);

        learn(prefix(longest, 4), 4);
        assertEquals(4, Route.backend(route(packet)));
        learn(prefix(longest, 8), 8);
        assertEquals(8, Route.backend(route(packet)));
        learn(longest, 20);
        long route = route(packet);
        assertEquals(20, Route.backend(route));
        assertTrue(Route.isLearned(route));
        assertFalse(Route.startsConnection(route));
    }

    @Test
    void shortHeadersProbeOnlyLengthsThatFitIntoTheDatagram() {
        lengths.add(4);
        lengths.add(8);
        route(Packets.shortHeader(Cid.numbered(1, 7)));
        assertEquals(List.of(4), asked);
        asked.clear();
        route(Packets.shortHeader(Cid.numbered(1, 8)));
        assertEquals(List.of(8, 4), asked);
        asked.clear();
        route(Packets.shortHeader(Cid.EMPTY));
        assertEquals(List.of(), asked);
    }

    @Test
    void aConfiguredLengthIsTheOnlyOneProbed() {
        lengths.add(4);
        lengths.add(8);
        lengths.add(20);
        pool = pool(Balance.FLOW, 8);
        route(Packets.shortHeader(Cid.numbered(1, 20), REST));
        assertEquals(List.of(8), asked);
        asked.clear();
        pool = pool(Balance.FLOW, 0);
        route(Packets.shortHeader(Cid.numbered(1, 20), REST));
        assertEquals(List.of(), asked);
    }

    @Test
    void aBackendThatLeftThePoolFallsThroughToTheHash() {
        lengths.add(8);
        Cid cid = Cid.random(seeded.random(), 8);
        learn(cid, BACKENDS + 5);
        for (byte[] packet :
                List.of(Packets.handshake(cid, CLIENT, REST), Packets.shortHeader(cid, REST))) {
            long route = route(packet);
            assertFalse(Route.isLearned(route));
            assertTrue(pool.keeps(Route.backend(route)));
        }
    }

    @Test
    void aShorterLearnedConnectionIdAnswersWhenTheLongersBackendLeft() {
        lengths.add(8);
        lengths.add(4);
        Cid cid = Cid.random(seeded.random(), 8);
        learn(cid, BACKENDS + 5);
        learn(prefix(cid, 4), 2);
        assertEquals(Route.learned(2, false, 4), route(Packets.shortHeader(cid, REST)));
    }

    @Test
    void aDrainingBackendKeepsItsConnectionsAndIsNotProposed() {
        Backend draining = Backends.ipv4(BACKENDS + 5);
        List<PoolMember> members = new ArrayList<>(Backends.members(2));
        members.add(Backends.draining(draining));
        pool = new Pool(POOL, "pool", Balance.CONNECTION_ID, 8, lengths, members);
        Cid cid = Cid.random(seeded.random(), 8);
        learn(cid, draining.id());
        assertEquals(
                Route.learned(draining.id(), false, cid.length()),
                route(Packets.shortHeader(cid, REST)));
        for (int i = 0; i < 100; i++) {
            Cid other = Cid.random(seeded.random(), 8);
            assertTrue(Route.backend(route(Packets.initial(other, CLIENT))) < 2);
        }
    }

    @Test
    void balanceByConnectionIdSpreadsTheConnectionsOfOneClient() {
        Set<Integer> backends = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            Cid cid = Cid.random(seeded.random(), 8 + i % 13);
            long route = route(Packets.initial(cid, CLIENT, REST));
            assertEquals(route, route(Packets.initial(cid, Cid.EMPTY)));
            assertTrue(Route.startsConnection(route));
            backends.add(Route.backend(route));
        }
        assertEquals(BACKENDS, backends.size());
    }

    @Test
    void balanceByConnectionIdDoesNotDependOnTheClientsAddress() {
        byte[] packet = Packets.initial(Cid.random(seeded.random(), 8), CLIENT, REST);
        assertEquals(route(packet, 0x0a000001, 1000), route(packet, 0x0a000002, 2000));
    }

    @Test
    void balanceByFlowKeepsTheConnectionsOfOneClientTogether() {
        pool = pool(Balance.FLOW, Pool.LENGTH_LEARNED);
        Set<Integer> backends = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            backends.add(
                    Route.backend(route(Packets.initial(Cid.random(seeded.random(), 8), CLIENT))));
            backends.add(Route.backend(route(Packets.shortHeader(Cid.random(seeded.random(), 8)))));
        }
        assertEquals(1, backends.size());

        for (int port = 1; port <= 1_000; port++) {
            backends.add(Route.backend(route(Packets.initial(CLIENT, CLIENT), 1, port)));
        }
        assertEquals(BACKENDS, backends.size());
    }

    /// Behind address translation, instances have different local addresses, and a reload may
    /// number listeners anew.
    @ParameterizedTest
    @EnumSource(Balance.class)
    void instancesWithTheSameKeyChooseAlike(Balance balance) {
        pool = pool(balance, Pool.LENGTH_LEARNED);
        Router other = new Router(this::find, new SipHash(5, 6), new UndecodedIds(2));
        for (int i = 0; i < 100; i++) {
            byte[] packet = Packets.initial(Cid.random(seeded.random(), 8), CLIENT);
            Datagram datagram = datagram(packet, 0x0a000001, 1000 + i);
            long route = route(router, datagram);
            datagram.local().setIpv4(0x0a000063, 443);
            datagram.setListener(1);
            assertEquals(route, route(other, datagram));
        }
    }

    /// A short header's connection ID was chosen by a server, so its hash would lead anywhere.
    @Test
    void anUnknownShortHeaderGoesByTheFlowEvenWhenConnectionIdsAreBalanced() {
        Set<Integer> backends = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Cid cid = Cid.random(seeded.random(), 8);
            backends.add(Route.backend(route(Packets.shortHeader(cid, REST))));
        }
        assertEquals(1, backends.size());
    }

    @Test
    void anEmptyPoolProposesNone() {
        pool = new Pool(POOL, "pool", Balance.FLOW, 8, lengths, List.of());
        assertEquals(
                Route.proposed(Route.NO_BACKEND, true), route(Packets.initial(CLIENT, CLIENT)));
        assertEquals(Route.proposed(Route.NO_BACKEND, false), route(Packets.shortHeader(CLIENT)));
    }

    private static Cid prefix(Cid cid, int length) {
        return Cid.of(cid.toString().substring(0, 2 * length));
    }

    private Pool pool(Balance balance, int connectionIdLength) {
        return new Pool(
                POOL, "pool", balance, connectionIdLength, lengths, Backends.members(BACKENDS));
    }

    private void learn(Cid cid, int backend) {
        table.put(key(cid.words(POOL)), backend);
    }

    private int find(ConnectionIdWords words, int nowSeconds) {
        asked.add((int) words.third() & 0xffff);
        return table.getOrDefault(key(words), LearnedIds.UNKNOWN);
    }

    private static List<Long> key(ConnectionIdWords words) {
        return List.of(words.first(), words.second(), words.third());
    }

    private long route(byte[] packet) {
        return route(packet, 0x0a000001, 1000);
    }

    private long route(byte[] packet, int client, int port) {
        return route(router, datagram(packet, client, port));
    }

    private long route(Router anyRouter, Datagram datagram) {
        QuicHeader header = new QuicHeader();
        header.read(datagram.bytes(), 0, datagram.lengthBytes());
        return anyRouter.route(datagram, header, pool, 1);
    }

    private static Datagram datagram(byte[] packet, int client, int port) {
        Datagram datagram = Slots.datagram(packet);
        datagram.peer().setIpv4(client, port);
        return datagram;
    }
}
