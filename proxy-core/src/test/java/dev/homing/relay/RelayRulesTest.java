package dev.homing.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.Lab.Forwarded;
import dev.homing.kit.LongType;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Seeded;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.session.SessionLimits;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of the relay, one by one.
class RelayRulesTest {

    private static final int BACKENDS = 20;
    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);
    private static final Place MOVED = Place.ipv4(0x0b000001, 5001);
    private static final Place MOVED_AGAIN = Place.ipv4(0x0b000001, 5002);
    private static final Cid CLIENTS = Cid.of("c0c1c2c3c4");
    private static final byte[] REST = new byte[60];

    @RegisterExtension final Seeded seeded = new Seeded();

    private Lab lab;

    private Lab lab(Balance balance, MachineOptions options) {
        lab =
                new Lab(
                        seeded.random(),
                        options,
                        balance,
                        Pool.LENGTH_LEARNED,
                        Backends.members(BACKENDS));
        return lab;
    }

    private Lab lab() {
        return lab(Balance.CONNECTION_ID, new MachineOptions());
    }

    @AfterEach
    void theBooksBalance() {
        lab.checkRest();
    }

    // Staying on the backend.

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8, 18, 20})
    void theServersConnectionIdLeadsToItFromEveryAddress(int length) {
        lab();
        Cid server = random(length);
        Forwarded first = open(CLIENT, server);
        for (byte[] packet :
                List.of(
                        Packets.handshake(server, CLIENTS, REST),
                        Packets.shortHeader(server, REST),
                        Packets.longHeader(0xc0, Packets.SCONE, server, Cid.EMPTY, REST))) {
            assertEquals(first.source(), lab.forward(CLIENT, packet).source());
            assertEquals(first.backend(), lab.forward(MOVED, packet).backend());
        }
    }

    @Test
    void aMovedClientGetsANewSourceTupleToTheSameBackend() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));

        Forwarded moved = lab.forward(MOVED, Packets.shortHeader(server, REST));

        assertEquals(first.backend(), moved.backend());
        assertNotEquals(first.source(), moved.source());
        byte[] answer = Packets.shortHeader(CLIENTS, REST);
        assertEquals(MOVED, lab.answer(moved, answer).client());
        assertEquals(CLIENT, lab.answer(first, answer).client());
    }

    @Test
    void aRetryAndThenTheServersChoiceAreFollowed() {
        lab();
        Cid choice = random(10);
        Forwarded first = lab.forward(CLIENT, Packets.initial(choice, CLIENTS, REST));
        Cid retried = random(18);
        lab.answer(first, Packets.retry(CLIENTS, retried, REST));
        Forwarded second = lab.forward(CLIENT, Packets.initial(retried, CLIENTS, REST));
        assertEquals(first.source(), second.source());
        Cid server = random(8);
        lab.answer(second, Packets.initial(CLIENTS, server, REST));
        Forwarded third = lab.forward(CLIENT, Packets.initial(server, CLIENTS, REST));
        assertEquals(first.source(), third.source());
        assertEquals(2, lab.books().connectionIds());
    }

    @ParameterizedTest
    @EnumSource(Balance.class)
    void aRetransmittedInitialStaysWhenTheRoutingTableChanges(Balance balance) {
        lab(balance, new MachineOptions());
        byte[] initial = Packets.initial(random(8), CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, initial);
        List<PoolMember> grown = new ArrayList<>(Backends.members(BACKENDS * 40));
        grown.set(first.backend(), Backends.draining(Backends.ipv4(first.backend())));
        lab.publish(grown);

        assertEquals(first.source(), lab.forward(CLIENT, initial).source());
        lab.acceptNewConnections(false);
        assertEquals(first.source(), lab.forward(CLIENT, initial).source());
    }

    @Test
    void zeroRttThatOvertakesItsInitialGoesWhereTheInitialGoes() {
        lab();
        Cid choice = random(8);
        Forwarded early =
                lab.forward(
                        CLIENT,
                        Packets.longHeader(LongType.ZERO_RTT, Packets.V2, choice, CLIENTS, REST));
        Forwarded first =
                lab.forward(
                        CLIENT,
                        Packets.longHeader(LongType.INITIAL, Packets.V2, choice, CLIENTS, REST));
        assertEquals(early.source(), first.source());
        assertEquals(1, lab.books().happened(Event.SESSION_OPENED));
    }

    @Test
    void connectionsOfOneSocketSpreadAndEachIsAnsweredThroughItsOwnSession() {
        lab();
        Set<Integer> backends = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Cid server = random(8);
            Forwarded first = open(CLIENT, random(8), server);
            backends.add(first.backend());
            assertEquals(
                    first.source(),
                    lab.forward(CLIENT, Packets.shortHeader(server, REST)).source());
        }
        assertTrue(backends.size() > BACKENDS / 2);
        assertEquals(backends.size(), lab.books().happened(Event.SESSION_OPENED));
    }

    @Test
    void aLongHeaderOfAnUnknownVersionInMidConnectionIsNoNewConnection() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        Forwarded unknown =
                lab.forward(
                        CLIENT,
                        Packets.longHeader(
                                LongType.INITIAL,
                                Packets.GREASED_VERSION,
                                random(9),
                                random(9),
                                REST));
        assertEquals(first.source(), unknown.source());
    }

    @Test
    void aHandshakePacketWithAnUnknownConnectionIdGoesByTheClientsConnectionId() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        Forwarded other = first;
        while (other.backend() == first.backend()) {
            other = lab.forward(CLIENT, Packets.initial(random(8), random(8), REST));
        }
        Forwarded handshake = lab.forward(CLIENT, Packets.handshake(random(8), CLIENTS, REST));
        assertEquals(first.source(), handshake.source());
    }

    /// RFC 9000 section 7.2: a client's first choice has at least 8 octets, so this one is not.
    @ParameterizedTest
    @EnumSource(Balance.class)
    void anInitialWithoutConnectionIdBelongsToTheConnectionOfItsFlow(Balance balance) {
        lab(balance, new MachineOptions());
        for (int port = 1; port < 50; port++) {
            Place client = CLIENT.withPort(port);
            Forwarded first = open(client, Cid.EMPTY);
            for (byte[] packet :
                    List.of(
                            Packets.initial(Cid.EMPTY, Cid.EMPTY, REST),
                            Packets.handshake(Cid.EMPTY, Cid.EMPTY, REST),
                            Packets.shortHeader(Cid.EMPTY, REST),
                            Packets.initial(Cid.EMPTY, CLIENTS, REST))) {
                assertEquals(first.source(), lab.forward(client, packet).source());
            }
        }
    }

    @Test
    void anInitialToTheServersChoiceStaysThoughTheTableHadNoRoomForIt() {
        lab(Balance.CONNECTION_ID, new MachineOptions().connectionIds(1));
        for (int i = 0; i < 200; i++) {
            Cid server = random(8);
            open(CLIENT.withPort(100 + i), server);
            lab.forward(CLIENT.withPort(100 + i), Packets.shortHeader(server, REST));
        }
        assertTrue(lab.books().happened(Event.CONNECTION_ID_REFUSED) > 0, "the table has room");

        for (int i = 0; i < 20; i++) {
            Place client = CLIENT.withPort(1000 + i);
            Cid server = random(8);
            Forwarded first = open(client, server);
            Forwarded second = lab.forward(client, Packets.initial(server, CLIENTS, REST));
            assertEquals(first.source(), second.source());
        }
    }

    /// RFC 9000 section 6.2: the client begins anew, but may keep its own connection ID.
    @Test
    void aConnectionBegunAnewAfterVersionNegotiationIsANewConnection() {
        lab();
        Cid unknown = choiceOf(7);
        Forwarded refused =
                lab.forward(
                        CLIENT,
                        Packets.longHeader(
                                LongType.INITIAL, Packets.GREASED_VERSION, unknown, CLIENTS, REST));
        lab.answer(refused, Packets.versionNegotiation(CLIENTS, unknown, Packets.V1));
        Forwarded anew = lab.forward(CLIENT, Packets.initial(choiceOf(8), CLIENTS, REST));
        assertEquals(8, anew.backend());
    }

    // New connection IDs.

    @Test
    void aNewConnectionIdIsLearnedOnItsFlowAndFollowedToAnotherAddress() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        Cid next = random(8);
        assertEquals(first.source(), lab.forward(CLIENT, Packets.shortHeader(next, REST)).source());
        assertEquals(1, lab.books().happened(Event.ALIAS_LEARNED));
        assertEquals(
                first.backend(), lab.forward(MOVED, Packets.shortHeader(next, REST)).backend());
    }

    @Test
    void aNewConnectionIdIsLearnedAlsoAfterTheClientHasMoved() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        Forwarded moved = lab.forward(MOVED, Packets.shortHeader(server, REST));
        lab.answer(moved, Packets.shortHeader(CLIENTS, REST)); // the server validates the path
        lab.forward(MOVED, Packets.shortHeader(server, REST));
        Cid next = random(8);
        lab.forward(MOVED, Packets.shortHeader(next, REST));
        assertEquals(1, lab.books().happened(Event.ALIAS_LEARNED));
        assertEquals(
                first.backend(),
                lab.forward(MOVED_AGAIN, Packets.shortHeader(next, REST)).backend());
    }

    /// A receiver routes a whole batch before the shard learns from the first of it.
    @Test
    void aBurstWithOneNewConnectionIdCountsAsOneAlias() {
        lab(
                Balance.CONNECTION_ID,
                new MachineOptions().limits(new SessionLimits(100, 50, 120, 10, 2)));
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        for (int alias = 0; alias < 2; alias++) {
            Cid next = random(8);
            for (int i = 0; i < 10; i++) {
                lab.queue(CLIENT, Packets.shortHeader(next, REST));
            }
            for (int i = 0; i < 10; i++) {
                assertNotNull(lab.nextForwarded());
            }
            assertEquals(alias + 1, lab.books().happened(Event.ALIAS_LEARNED));
            Place moved = MOVED.withPort(6000 + alias);
            assertEquals(
                    first.backend(), lab.forward(moved, Packets.shortHeader(next, REST)).backend());
        }
        lab.forward(CLIENT, Packets.shortHeader(random(8), REST));
        assertEquals(2, lab.books().happened(Event.ALIAS_LEARNED), "above the cap");
    }

    @Test
    void aFlowWithSeveralEstablishedSessionsTeachesNoAlias() {
        lab();
        for (int backend = 7; backend <= 8; backend++) {
            Cid clients = random(8);
            Cid server = random(8);
            Forwarded first =
                    lab.forward(CLIENT, Packets.initial(choiceOf(backend), clients, REST));
            lab.answer(first, Packets.initial(clients, server, REST));
            lab.forward(CLIENT, Packets.handshake(server, clients, REST));
        }
        lab.forward(CLIENT, Packets.shortHeader(random(8), REST));
        assertEquals(2, established());
        assertEquals(0, lab.books().happened(Event.ALIAS_LEARNED));
    }

    /// Anyone can send an Initial from a client's address, and Version Negotiation leaves one, too.
    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void anotherInitialOfTheFlowDoesNotLeadAnEstablishedConnectionAstray(int length) {
        lab();
        Cid server = random(length);
        Forwarded first = lab.forward(CLIENT, Packets.initial(choiceOf(7), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        lab.forward(CLIENT, Packets.handshake(server, CLIENTS, REST));
        assertEquals(1, established());
        for (int backend = 8; backend < 12; backend++) {
            lab.forward(CLIENT, Packets.initial(choiceOf(backend), random(8), REST));
        }
        Cid next = random(length);
        Forwarded later = lab.forward(CLIENT, Packets.shortHeader(next, REST));
        assertEquals(first.source(), later.source());
        assertEquals(length > 0 ? 1 : 0, lab.books().happened(Event.ALIAS_LEARNED));
    }

    @Test
    void aHalfOpenSessionTeachesNoAlias() {
        lab();
        open(CLIENT, random(8));
        lab.forward(CLIENT, Packets.shortHeader(random(8), REST));
        lab.forward(CLIENT, Packets.handshake(random(8), CLIENTS, REST));
        assertEquals(0, lab.books().happened(Event.ALIAS_LEARNED));
    }

    // Half-open and established.

    @Test
    void anInitialDoesNotEstablish() {
        lab();
        Cid kept = random(8); // the server goes on with the client's choice
        Forwarded first = lab.forward(CLIENT, Packets.initial(kept, CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, kept, REST));
        lab.forward(CLIENT, Packets.initial(kept, CLIENTS, REST));
        lab.forward(CLIENT, Packets.longHeader(LongType.ZERO_RTT, Packets.V1, kept, CLIENTS, REST));
        assertEquals(0, established());
        lab.forward(CLIENT, Packets.handshake(kept, CLIENTS, REST));
        assertEquals(1, established());
    }

    @Test
    void anAnswerAloneDoesNotEstablish() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, random(8), REST));
        lab.answer(first, Packets.shortHeader(CLIENTS, REST));
        assertEquals(0, established());
    }

    @Test
    void anAnsweredShortHeaderWithAnUnknownConnectionIdDoesNotEstablish() {
        lab();
        Cid unknown = random(8);
        Forwarded first = lab.forward(CLIENT, Packets.shortHeader(unknown, REST));
        lab.answer(first, Packets.shortHeader(CLIENTS, REST)); // a stateless reset, say
        lab.forward(CLIENT, Packets.shortHeader(unknown, REST));
        assertEquals(0, established());
    }

    @Test
    void aServersConnectionIdFromAnotherAddressEstablishesOnlyAfterAnAnswerThere() {
        lab();
        Cid server = random(8);
        open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        assertEquals(1, established());

        Place moved = CLIENT.withPort(9);
        Forwarded forged = lab.forward(moved, Packets.shortHeader(server, REST));
        lab.forward(moved, Packets.shortHeader(server, REST));
        assertEquals(1, established(), "the address may be forged");

        lab.answer(forged, Packets.shortHeader(CLIENTS, REST));
        lab.forward(moved, Packets.shortHeader(server, REST));
        assertEquals(2, established());
        assertEquals(2, lab.books().happened(Event.SESSION_ESTABLISHED));
    }

    /// As when the server retires what the client had, because of the move.
    @Test
    void aMovedClientThatGoesOnWithANewConnectionIdIsFollowed() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        Forwarded moved = lab.forward(MOVED, Packets.shortHeader(server, REST));
        lab.answer(moved, Packets.shortHeader(CLIENTS, REST));
        Cid next = random(8);
        assertEquals(moved.source(), lab.forward(MOVED, Packets.shortHeader(next, REST)).source());
        assertEquals(2, established());
        assertEquals(
                first.backend(),
                lab.forward(MOVED_AGAIN, Packets.shortHeader(next, REST)).backend());
    }

    /// A SCONE packet before a short header has no source connection ID.
    @Test
    void aSconePacketOfTheServerDoesNotSayThatItHasNoConnectionIds() {
        lab();
        Forwarded first = open(CLIENT, random(8));
        lab.answer(first, Packets.longHeader(0xc0, Packets.SCONE, CLIENTS, Cid.EMPTY, REST));
        lab.forward(CLIENT, Packets.shortHeader(random(8), REST));
        assertEquals(0, established());
    }

    @Test
    void aServerWithoutConnectionIdsEstablishesByItsAnswerAlone() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, Cid.EMPTY, REST));
        lab.forward(CLIENT, Packets.shortHeader(Cid.EMPTY, REST));
        assertEquals(1, established());
    }

    @Test
    void aFloodOfHalfOpenSessionsEvictsOnlyItsLike() {
        lab(
                Balance.CONNECTION_ID,
                new MachineOptions()
                        .shards(1)
                        .limits(new SessionLimits(100, 20, 120, 10, 4))
                        .portBudget(200));
        List<Cid> servers = new ArrayList<>();
        List<Forwarded> firsts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Cid server = random(8);
            servers.add(server);
            firsts.add(open(CLIENT.withPort(100 + i), server));
            lab.forward(CLIENT.withPort(100 + i), Packets.shortHeader(server, REST));
        }
        for (int i = 0; i < 5_000; i++) {
            Place stranger = Place.ipv4(0x0c000000 + i, 1024 + i);
            assertNotNull(lab.tryForward(stranger, Packets.initial(random(8), CLIENTS, REST)));
        }
        assertEquals(50, established());
        assertEquals(20, lab.books().sessions(SessionState.HALF_OPEN));
        assertEquals(4_980, lab.books().happened(Event.SESSION_EVICTED));
        for (int i = 0; i < 50; i++) {
            Place client = CLIENT.withPort(100 + i);
            assertEquals(
                    firsts.get(i).source(),
                    lab.forward(client, Packets.shortHeader(servers.get(i), REST)).source());
            assertEquals(
                    client, lab.answer(firsts.get(i), Packets.shortHeader(CLIENTS, REST)).client());
        }
    }

    // The way back.

    @Test
    void aStatelessResetIsDeliveredByTheFlowAndTeachesNothing() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        long known = lab.books().connectionIds();
        byte[] reset = Packets.statelessReset(seeded.random(), 40);
        assertEquals(CLIENT, lab.answer(first, reset).client());
        assertEquals(known, lab.books().connectionIds());
    }

    @Test
    void versionNegotiationTeachesNothing() {
        lab();
        Cid choice = random(8);
        Forwarded first =
                lab.forward(
                        CLIENT,
                        Packets.longHeader(
                                LongType.INITIAL, Packets.GREASED_VERSION, choice, CLIENTS, REST));
        byte[] negotiation = Packets.versionNegotiation(CLIENTS, choice, Packets.V1, Packets.V2);
        assertArrayEquals(negotiation, lab.answer(first, negotiation).payload());
        assertEquals(0, lab.books().connectionIds());
        assertEquals(0, lab.books().happened(Event.CONNECTION_ID_LEARNED));
        assertEquals(0, established());
    }

    @Test
    void connectionIdsThatCannotBeTeachNothing() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, Cid.EMPTY, REST));
        lab.answer(first, Packets.initial(CLIENTS, random(21), REST));
        lab.answer(first, Packets.initial(CLIENTS, random(255), REST));
        lab.answer(first, new byte[] {(byte) 0xc0, 0, 0, 0, 1, 8});
        assertEquals(0, lab.books().connectionIds());
    }

    @Test
    void aDatagramFromWhoIsNoBackendIsDropped() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        Place own = Place.of(Backends.ipv4(first.backend()));
        assertNull(lab.tryAnswer(first, own.withPort(4434), REST));
        assertNull(lab.tryAnswer(first, Place.ipv4(0x0c0c0c0c, 4433), REST));
        assertEquals(2, lab.dropped(DropReason.UNKNOWN_SENDER));
    }

    @Test
    void aDatagramFromAnotherBackendThanTheSessionsIsDropped() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        Place other = Place.of(Backends.ipv4((first.backend() + 1) % BACKENDS));
        assertNull(lab.tryAnswer(first, other, REST));
        assertEquals(1, lab.dropped(DropReason.NO_SESSION));
    }

    @Test
    void anAnswerAfterTheSessionHasExpiredIsDropped() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.pass(15);
        assertNull(lab.tryAnswer(first, Packets.initial(CLIENTS, random(8), REST)));
        assertEquals(1, lab.dropped(DropReason.NO_SESSION));
    }

    @Test
    void whatABackendSendsKeepsTheSessionAlive() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        for (int minute = 0; minute < 5; minute++) {
            lab.pass(60);
            lab.answer(first, Packets.shortHeader(CLIENTS, REST));
        }
    }

    // Trains.

    @Test
    void everyDatagramOfABackendsTrainTeaches() {
        lab();
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        List<Cid> chosen = List.of(random(8), random(8), random(8));
        ByteArrayOutputStream train = new ByteArrayOutputStream();
        int segment = Packets.retry(CLIENTS, chosen.getFirst(), REST).length;
        train.writeBytes(Packets.retry(CLIENTS, chosen.get(0), REST));
        train.writeBytes(Packets.shortHeader(CLIENTS, new byte[segment - 1 - CLIENTS.length()]));
        train.writeBytes(Packets.retry(CLIENTS, chosen.get(1), REST));
        train.writeBytes(Packets.retry(CLIENTS, chosen.get(2))); // the last may be shorter
        Place backend = Place.of(Backends.ipv4(first.backend()));

        assertNotNull(lab.tryAnswer(first, backend, segment, train.toByteArray()));

        assertEquals(3, lab.books().connectionIds());
        for (Cid cid : chosen) {
            assertEquals(
                    first.backend(),
                    lab.forward(MOVED, Packets.initial(cid, CLIENTS, REST)).backend());
        }
        assertEquals(4, lab.books().received(Side.BACKEND));
        assertEquals(4, lab.books().sent(Side.CLIENT));
    }

    /// What a header lacks is not to be read from the next datagram of the train.
    @Test
    void aHeaderEndsWithItsDatagramAndNotWithItsTrain() {
        lab();
        byte[] truncated = Arrays.copyOf(Packets.initial(random(8), CLIENTS), 10);
        ByteArrayOutputStream train = new ByteArrayOutputStream();
        for (int i = 0; i < 10; i++) {
            train.writeBytes(truncated);
        }
        lab.queueTrain(CLIENT, 10, train.toByteArray());
        assertNull(lab.nextForwarded());
        assertEquals(10, lab.dropped(DropReason.TRUNCATED_HEADER));

        Cid server = random(8);
        open(CLIENT, server);
        byte[] shorts = Packets.shortHeader(server, new byte[11]);
        lab.queueTrain(MOVED, 5, shorts); // 5 octets have no room for 8
        assertNotNull(lab.nextForwarded());
        assertEquals(0, lab.books().routed(RouteMethod.LEARNED));
    }

    // Backends come and go.

    @Test
    void aConnectionOfABackendThatLeftFindsAnother() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        List<PoolMember> rest = new ArrayList<>(Backends.members(BACKENDS));
        rest.remove(first.backend());
        List<PoolMember> all = Backends.members(BACKENDS);
        lab.publish(rest);
        Forwarded elsewhere = lab.forward(CLIENT, Packets.shortHeader(server, REST));
        assertNotEquals(first.backend(), elsewhere.backend());
        assertNull(
                lab.tryAnswer(
                        first,
                        Place.of(Backends.ipv4(first.backend())),
                        Packets.shortHeader(CLIENTS, REST)));
        assertEquals(1, lab.dropped(DropReason.UNKNOWN_SENDER));

        lab.publish(all); // it was only away for a moment
        assertEquals(
                first.source(), lab.forward(CLIENT, Packets.shortHeader(server, REST)).source());
    }

    @Test
    void aBackendThatLeftBetweenReceiverAndShardIsADropReason() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.queue(CLIENT, Packets.shortHeader(server, REST));
        lab.queue(MOVED, Packets.shortHeader(server, REST));
        List<PoolMember> rest = new ArrayList<>(Backends.members(BACKENDS));
        rest.remove(first.backend());
        lab.publish(rest);
        assertNull(lab.nextForwarded());
        assertEquals(2, lab.dropped(DropReason.NO_BACKEND));
    }

    @Test
    void aDrainingBackendKeepsItsConnectionsAndGetsNoNewOnes() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        List<PoolMember> members = new ArrayList<>(Backends.members(BACKENDS));
        members.set(first.backend(), Backends.draining(Backends.ipv4(first.backend())));
        lab.publish(members);
        assertEquals(
                first.source(), lab.forward(CLIENT, Packets.shortHeader(server, REST)).source());
        assertEquals(
                first.backend(), lab.forward(MOVED, Packets.shortHeader(server, REST)).backend());
        for (int i = 0; i < 200; i++) {
            Forwarded other = lab.forward(CLIENT, Packets.initial(random(8), random(8), REST));
            assertNotEquals(first.backend(), other.backend());
        }
    }

    @Test
    void whileStoppingOnlyKnownConnectionsGoOn() {
        lab();
        Cid server = random(8);
        Forwarded first = open(CLIENT, server);
        lab.acceptNewConnections(false);
        assertEquals(
                first.source(), lab.forward(CLIENT, Packets.shortHeader(server, REST)).source());
        assertEquals(
                first.backend(), lab.forward(MOVED, Packets.shortHeader(server, REST)).backend());
        assertNull(lab.tryForward(CLIENT, Packets.initial(random(8), random(8), REST)));
        assertNull(lab.tryForward(MOVED_AGAIN, Packets.shortHeader(random(8), REST)));
        assertEquals(2, lab.dropped(DropReason.DRAINING));
    }

    @Test
    void anEmptyPoolIsADropReason() {
        lab();
        lab.publish(List.of());
        assertNull(lab.tryForward(CLIENT, Packets.initial(random(8), CLIENTS, REST)));
        assertNull(lab.tryForward(CLIENT, Packets.shortHeader(random(8), REST)));
        assertEquals(2, lab.dropped(DropReason.NO_BACKEND));
    }

    /// Servers with connection IDs of 4 octets choose the same one sooner or later: then the flow
    /// tells which of them is meant.
    @Test
    void twoBackendsWithTheSameConnectionIdAreToldApartByTheFlow() {
        lab();
        lab.publish(Backends.members(5));
        Cid same = random(4);
        List<Forwarded> firsts = new ArrayList<>();
        Set<Integer> backends = new HashSet<>();
        for (int port = 1; port <= 30; port++) {
            Forwarded first = open(CLIENT.withPort(port), same);
            firsts.add(first);
            backends.add(first.backend());
        }
        assertTrue(backends.size() > 2);
        for (int port = 1; port <= 30; port++) {
            Place client = CLIENT.withPort(port);
            Forwarded first = firsts.get(port - 1);
            for (byte[] packet :
                    List.of(
                            Packets.handshake(same, CLIENTS, REST),
                            Packets.shortHeader(same, REST))) {
                assertEquals(first.source(), lab.forward(client, packet).source());
            }
        }
    }

    /// As in a fleet whose servers' software is being exchanged.
    @Test
    void theSameConnectionIdIsToldApartAlsoOnAFlowWithConnectionIdsOfSeveralLengths() {
        lab();
        Cid same = random(4);
        Forwarded found = lab.forward(MOVED, Packets.initial(choiceOf(7), CLIENTS, REST));
        lab.answer(found, Packets.initial(CLIENTS, same, REST));
        Forwarded meant = lab.forward(CLIENT, Packets.initial(choiceOf(8), random(8), REST));
        lab.answer(meant, Packets.initial(CLIENTS, same, REST));
        Forwarded latest = lab.forward(CLIENT, Packets.initial(choiceOf(9), random(8), REST));
        lab.answer(latest, Packets.initial(CLIENTS, random(8), REST));

        byte[] packet = Packets.shortHeader(same, REST);
        assertEquals(meant.source(), lab.forward(CLIENT, packet).source());
        assertEquals(found.source(), lab.forward(MOVED, packet).source());
    }

    /// A client's choice that the hash leads to a backend.
    private Cid choiceOf(int backend) {
        Place prober = Place.ipv4(0x0d000001, 1);
        while (true) {
            Cid choice = random(8);
            if (lab.forward(prober, Packets.initial(choice, random(8), REST)).backend()
                    == backend) {
                return choice;
            }
        }
    }

    @Test
    void countsHowEachBackendWasFound() {
        lab();
        Cid server = random(8);
        open(CLIENT, server);
        assertEquals(1, lab.books().routed(RouteMethod.HASH));
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        assertEquals(1, lab.books().routed(RouteMethod.LEARNED));
        lab.forward(CLIENT, Packets.shortHeader(random(8), REST));
        assertEquals(1, lab.books().routed(RouteMethod.FLOW));
    }

    /// A client's Initial and the server's answer to it.
    private Forwarded open(Place client, Cid server) {
        return open(client, CLIENTS, server);
    }

    private Forwarded open(Place client, Cid clients, Cid server) {
        Forwarded first = lab.forward(client, Packets.initial(random(8), clients, REST));
        lab.answer(first, Packets.initial(clients, server, REST));
        return first;
    }

    private long established() {
        return lab.books().sessions(SessionState.ESTABLISHED);
    }

    private Cid random(int length) {
        return Cid.random(seeded.random(), length);
    }
}
