package dev.homing.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.Undecodable;
import dev.homing.cid.Unroutable;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
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
import dev.homing.ledger.Migration;
import dev.homing.ledger.RouteMethod;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What changes when the connection IDs of a pool's servers name them.
class SchemeRulesTest {

    private static final int BACKENDS = 20;
    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);
    private static final Place MOVED = Place.ipv4(0x0b000001, 5001);
    private static final Place FAR = Place.ipv4(0x0c000001, 5002);
    private static final Cid CLIENTS = Cid.of("c0c1c2c3c4");
    private static final byte[] REST = new byte[60];

    private static final QuicLbFormat OLD = QuicLbFormat.of(0, 3, 5, null);
    private static final QuicLbFormat NEW =
            QuicLbFormat.of(1, 4, 12, CidKey.parse("8f95f09245765f80256934e50c66207f"));

    @RegisterExtension final Seeded seeded = new Seeded();

    private final Map<String, QuicLbEncoder> encoders = new HashMap<>();
    private Lab lab;

    @BeforeEach
    void start() {
        lab = lab();
        lab.publish(scheme(OLD));
    }

    private Lab lab() {
        return new Lab(
                seeded.random(),
                new MachineOptions(),
                Balance.CONNECTION_ID,
                Pool.LENGTH_LEARNED,
                Backends.members(BACKENDS));
    }

    @AfterEach
    void theBooksBalance() {
        lab.checkRest();
    }

    @Test
    void aConnectionIdThatNobodyHasSeenLeadsToItsServerFromAnAddressThatNobodyHasSeen() {
        for (int server = 0; server < BACKENDS; server++) {
            Forwarded forwarded =
                    lab.forward(
                            Place.ipv4(0x0d000001 + server, 7),
                            Packets.shortHeader(id(OLD, server), REST));
            assertEquals(server, forwarded.backend());
        }
        assertEquals(BACKENDS, lab.books().routed(RouteMethod.DECODED));
        assertEquals(0, lab.books().connectionIds());
    }

    @Test
    void aClientThatChangesAddressAndConnectionIdAtOnceIsFollowed() {
        Forwarded first = open();
        Forwarded moved = lab.forward(MOVED, Packets.shortHeader(id(OLD, first.backend()), REST));
        assertEquals(first.backend(), moved.backend());
        assertNotEquals(first.source(), moved.source());
        assertEquals(MOVED, lab.answer(moved, Packets.shortHeader(CLIENTS, REST)).client());
        assertEquals(0, lab.books().connectionIds(), "nothing needs to be remembered");
    }

    @Test
    void everyInstanceDecidesAlikeWithNothingShared() {
        Lab other = lab();
        other.publish(scheme(OLD));
        Forwarded first = open();
        Forwarded elsewhere =
                other.forward(FAR, Packets.shortHeader(id(OLD, first.backend()), REST));
        assertEquals(first.backend(), elsewhere.backend());
        other.checkRest();
    }

    @Test
    void longHeadersInMidConnectionAndOfUnknownVersionsAreDecodedToo() {
        Cid server = id(OLD, 7);
        for (byte[] packet :
                List.of(
                        Packets.handshake(server, CLIENTS, REST),
                        Packets.longHeader(0xc0, Packets.SCONE, server, Cid.EMPTY, REST),
                        Packets.longHeader(0xff, Packets.GREASED_VERSION, server, CLIENTS, REST),
                        Packets.longHeader(0x80, Packets.V2, server, CLIENTS, REST))) {
            assertEquals(7, lab.forward(FAR, packet).backend());
        }
    }

    @Test
    void whatNamesNoServerIsLearnedAndFollowedAsWithoutAScheme() {
        Cid unroutable = Cid.of("e7a1a2a3a4a5a6a7a8"); // 0b111
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, unroutable, REST));
        Forwarded moved = lab.forward(MOVED, Packets.shortHeader(unroutable, REST));
        assertEquals(first.backend(), moved.backend());
        assertEquals(1, lab.books().routed(RouteMethod.LEARNED));
        Forwarded unknown = lab.forward(MOVED, Packets.shortHeader(Cid.of("e700"), REST));
        assertEquals(moved.source(), unknown.source());
    }

    /// msquic's, even in its load balancing modes.
    @Test
    void aRetryWithARandomConnectionIdIsBridgedByWhatIsRemembered() {
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(), CLIENTS, REST));
        Cid retried = random();
        lab.answer(first, Packets.retry(CLIENTS, retried, REST));
        Forwarded second = lab.forward(CLIENT, Packets.initial(retried, CLIENTS, REST));
        assertEquals(first.source(), second.source());
        Cid server = id(OLD, first.backend());
        lab.answer(second, Packets.initial(CLIENTS, server, REST));
        assertEquals(
                first.source(),
                lab.forward(CLIENT, Packets.handshake(server, CLIENTS, REST)).source());
    }

    @Test
    void aGreasedFixedBitChangesNothing() {
        byte[] greased = Packets.shortHeader(id(OLD, 9), REST);
        greased[0] &= (byte) ~0x40; // RFC 9287
        assertEquals(9, lab.forward(FAR, greased).backend());
    }

    @Test
    void aClientsFirstChoiceThatHappensToNameAServerGoesThereAndStays() {
        Cid choice = id(OLD, 3);
        Forwarded first = lab.forward(CLIENT, Packets.initial(choice, CLIENTS, REST));
        assertEquals(3, first.backend());
        Forwarded again = lab.forward(CLIENT, Packets.initial(choice, CLIENTS, REST));
        assertEquals(first.source(), again.source());
        Cid server = id(OLD, 3);
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        assertEquals(
                first.source(),
                lab.forward(CLIENT, Packets.handshake(server, CLIENTS, REST)).source());
    }

    @Test
    void anInstanceThatStopsRefusesANewConnectionWhateverItsConnectionIdSays() {
        Forwarded first = open();
        Forwarded retried = lab.forward(FAR, Packets.initial(random(), CLIENTS, REST));
        Cid token = id(OLD, retried.backend());
        lab.answer(retried, Packets.retry(CLIENTS, token, REST));
        lab.acceptNewConnections(false);
        assertNull(lab.tryForward(MOVED, Packets.initial(id(OLD, 3), CLIENTS, REST)));
        assertEquals(1, lab.dropped(DropReason.DRAINING));
        Cid next = id(OLD, first.backend());
        assertEquals(
                first.backend(), lab.forward(MOVED, Packets.shortHeader(next, REST)).backend());
        assertEquals(
                retried.source(),
                lab.forward(FAR, Packets.initial(token, CLIENTS, REST)).source(),
                "a connection that a Retry has begun goes on");
    }

    @Test
    void aDrainingBackendKeepsItsConnectionsAndARemovedOneIsNotReached() {
        Forwarded first = open();
        int server = first.backend();
        List<PoolMember> members = new ArrayList<>(Backends.members(BACKENDS));
        members.set(server, Backends.draining(Backends.ipv4(server)));
        lab.publish(members);
        assertEquals(
                server, lab.forward(MOVED, Packets.shortHeader(id(OLD, server), REST)).backend());

        members.remove(server);
        lab.publish(members);
        Forwarded elsewhere = lab.forward(FAR, Packets.shortHeader(id(OLD, server), REST));
        assertNotEquals(server, elsewhere.backend());
        assertEquals(1, lab.books().routed(RouteMethod.HASH) - 1);
    }

    /// Draft section 3.1: first the balancers know a new configuration, then the servers use it,
    /// and the old one goes when no connection has it any more, or here before that.
    @Test
    void serversMoveFromOneConfigurationToAnotherWhileConnectionsLive() {
        Forwarded first = open();
        int server = first.backend();
        Cid oldId = id(OLD, server);

        lab.publish(scheme(OLD, NEW));
        assertEquals(
                first.source(), lab.forward(CLIENT, Packets.shortHeader(oldId, REST)).source());
        assertEquals(
                server, lab.forward(MOVED, Packets.shortHeader(id(NEW, server), REST)).backend());

        lab.publish(scheme(NEW));
        assertEquals(
                first.source(),
                lab.forward(CLIENT, Packets.shortHeader(oldId, REST)).source(),
                "the flow still knows");
        assertEquals(
                server, lab.forward(FAR, Packets.shortHeader(id(NEW, server), REST)).backend());
    }

    @Test
    void aServerWhoseConnectionIdsNameAnotherIsCounted() {
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(), CLIENTS, REST));
        Cid wrong = id(OLD, (first.backend() + 1) % BACKENDS);
        lab.answer(first, Packets.initial(CLIENTS, wrong, REST));
        assertEquals(1, lab.books().happened(Event.CONNECTION_ID_MISNAMED));
    }

    /// The address is proved as without a scheme: by an answer, and what follows it.
    @Test
    void namingAServerAloneDoesNotEstablishASession() {
        Forwarded moved = lab.forward(MOVED, Packets.shortHeader(id(OLD, 5), REST));
        lab.forward(MOVED, Packets.shortHeader(id(OLD, 5), REST));
        assertEquals(0, lab.books().happened(Event.SESSION_ESTABLISHED));
        lab.answer(moved, Packets.shortHeader(CLIENTS, REST));
        lab.forward(MOVED, Packets.shortHeader(id(OLD, 5), REST));
        assertEquals(1, lab.books().happened(Event.SESSION_ESTABLISHED));
    }

    @Test
    void whatTheSchemeCannotReadIsCountedByConfigurationAndReason() {
        Forwarded first = open();
        Place client = CLIENT;
        lab.forward(client, Packets.shortHeader(Cid.of("e7a1a2a3a4a5a6a7a8"), REST));
        lab.forward(client, Packets.shortHeader(Cid.of("27a1a2a3a4a5a6a7a8"), REST));
        lab.forward(client, Packets.shortHeader(Cid.of("0700000000a5a6a7a8"), REST));
        lab.forward(client, Packets.handshake(Cid.of("0700000000a5a6a7a8"), CLIENTS, REST));
        lab.forward(client, Packets.handshake(Cid.of("0701"), CLIENTS, REST));
        lab.forward(client, Packets.handshake(Cid.EMPTY, CLIENTS, REST));
        lab.forward(client, Packets.shortHeader(id(OLD, first.backend()), REST));

        Map<Undecodable, Long> counts = new HashMap<>();
        for (Undecodable way : scheme(OLD).undecodable()) {
            assertNull(counts.put(way, lab.undecoded(way)), "once each");
        }

        assertEquals(1, counts.remove(new Undecodable(7, Unroutable.RESERVED_ROTATION)));
        assertEquals(1, counts.remove(new Undecodable(1, Unroutable.NO_CONFIGURATION)));
        assertEquals(2, counts.remove(new Undecodable(0, Unroutable.SERVER_ID_UNKNOWN)));
        assertEquals(1, counts.remove(new Undecodable(0, Unroutable.TOO_SHORT)));
        assertEquals(
                1, counts.remove(new Undecodable(Undecodable.NO_ROTATION, Unroutable.TOO_SHORT)));
        assertEquals(Set.of(0L), new HashSet<>(counts.values()), "nothing else was met");
    }

    @Test
    void aClientsFirstChoiceIsNoFailureOfTheScheme() {
        for (int i = 0; i < 100; i++) {
            lab.forward(
                    Place.ipv4(0x0d000001 + i, 7),
                    Packets.initial(Cid.random(seeded.random(), 8), CLIENTS, REST));
        }
        for (Undecodable way : scheme(OLD).undecodable()) {
            assertEquals(0, lab.undecoded(way), way::toString);
        }
    }

    @Test
    void aMoveToAnotherPortAndOneToAnotherAddressAreToldApart() {
        Forwarded first = open();
        Cid server = id(OLD, first.backend());
        lab.forward(MOVED, Packets.shortHeader(server, REST));
        assertEquals(1, lab.books().migrated(Migration.PORT));
        assertEquals(0, lab.books().migrated(Migration.ADDRESS));
        lab.forward(FAR, Packets.shortHeader(id(OLD, first.backend()), REST));
        assertEquals(1, lab.books().migrated(Migration.ADDRESS));
        for (Place known : List.of(CLIENT, MOVED, FAR)) {
            lab.forward(known, Packets.shortHeader(server, REST));
        }
        assertEquals(1, lab.books().migrated(Migration.PORT), "these flows are known");
        assertEquals(1, lab.books().migrated(Migration.ADDRESS));
    }

    @Test
    void aClientWhoseSessionHasExpiredHasNotMoved() {
        Forwarded first = open();
        lab.pass(200);
        assertEquals(1, lab.books().happened(Event.SESSION_EXPIRED));
        lab.forward(CLIENT, Packets.shortHeader(id(OLD, first.backend()), REST));
        assertEquals(2, lab.books().happened(Event.SESSION_OPENED));
        assertEquals(0, lab.books().migrated(Migration.PORT));
        assertEquals(0, lab.books().migrated(Migration.ADDRESS));
    }

    private Forwarded open() {
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(), CLIENTS, REST));
        Cid server = id(OLD, first.backend());
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        assertTrue(lab.books().happened(Event.SESSION_ESTABLISHED) > 0);
        return first;
    }

    /// A client's choice that names no server, for 0b111 is reserved.
    private Cid random() {
        byte[] octets = Cid.random(seeded.random(), 8).octets();
        octets[0] |= (byte) 0xe0;
        return Cid.of(octets);
    }

    private Cid id(QuicLbFormat format, int server) {
        return Cid.of(
                encoders.computeIfAbsent(
                                format.configRotationBits() + "/" + server,
                                key -> new QuicLbEncoder(format, serverId(format, server)))
                        .next()
                        .orElseThrow());
    }

    private static byte[] serverId(QuicLbFormat format, int server) {
        byte[] serverId = new byte[format.serverIdLength()];
        serverId[0] = (byte) (100 + server);
        serverId[serverId.length - 1] = (byte) (3 * server);
        return serverId;
    }

    private static QuicLb scheme(QuicLbFormat... formats) {
        List<QuicLb.Configuration> configurations = new ArrayList<>();
        for (QuicLbFormat format : formats) {
            ServerIds.Builder serverIds = ServerIds.ofLength(format.serverIdLength());
            for (int server = 0; server < BACKENDS; server++) {
                serverIds.add(serverId(format, server), server);
            }
            configurations.add(new QuicLb.Configuration(format, serverIds.build()));
        }
        return new QuicLb(configurations);
    }
}
