package dev.homing.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.Lab.Forwarded;
import dev.homing.kit.LongType;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Seeded;
import dev.homing.ledger.Event;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who leaves a backend that is down, and who stays.
class DownBackendTest {

    private static final int BACKENDS = 20;
    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);
    private static final Place MOVED = Place.ipv4(0x0b000001, 5001);
    private static final Cid CLIENTS = Cid.of("c0c1c2c3c4");
    private static final byte[] REST = new byte[60];
    private static final QuicLbFormat FORMAT = QuicLbFormat.of(0, 3, 5, null);

    @RegisterExtension final Seeded seeded = new Seeded();

    private Lab lab;

    @BeforeEach
    void start() {
        lab =
                new Lab(
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

    private void down(int backend) {
        List<PoolMember> members = new ArrayList<>(Backends.members(BACKENDS));
        members.set(backend, Backends.down(Backends.ipv4(backend)));
        lab.publish(members);
    }

    private Cid random(int length) {
        return Cid.random(seeded.random(), length);
    }

    @Test
    void takesNoNewConnections() {
        down(7);
        for (int i = 0; i < 500; i++) {
            Place client = CLIENT.withPort(1000 + i);
            byte[] initial = Packets.initial(random(8), CLIENTS, REST);
            assertNotEquals(7, lab.forward(client, initial).backend());
        }
    }

    @Test
    void keepsWhatIsEstablishedWhereverItsClientGoes() {
        Cid server = random(8);
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        down(first.backend());

        for (byte[] packet :
                List.of(
                        Packets.shortHeader(server, REST),
                        Packets.shortHeader(random(8), REST),
                        Packets.handshake(server, CLIENTS, REST),
                        Packets.initial(server, CLIENTS, REST))) {
            assertEquals(first.source(), lab.forward(CLIENT, packet).source());
        }
        assertEquals(
                first.backend(), lab.forward(MOVED, Packets.shortHeader(server, REST)).backend());
        assertEquals(0, lab.books().happened(Event.SESSION_LEFT));
    }

    @Test
    void losesAHandshakesFirstPacketsButNotItsOthers() {
        Cid server = random(8);
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        down(first.backend());

        byte[] handshake = Packets.handshake(server, CLIENTS, REST);
        assertEquals(first.source(), lab.forward(CLIENT, handshake).source());
    }

    @ParameterizedTest
    @EnumSource(
            value = LongType.class,
            names = {"INITIAL", "ZERO_RTT"})
    void letsGoWhatItHasNotAnsweredWhenTheClientSendsAgain(LongType type) {
        byte[] packet = Packets.longHeader(type, Packets.V1, random(8), CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, packet);
        down(first.backend());

        Forwarded again = lab.forward(CLIENT, packet);

        assertNotEquals(first.backend(), again.backend());
        assertEquals(again.source(), lab.forward(CLIENT, packet).source(), "goes on there");
        assertEquals(1, lab.books().happened(Event.SESSION_LEFT));
        Cid server = random(8);
        lab.answer(again, Packets.initial(CLIENTS, server, REST));
        byte[] next = Packets.handshake(server, CLIENTS, REST);
        assertEquals(again.source(), lab.forward(CLIENT, next).source());
    }

    @Test
    void doesNotGetBackWhatHasLeftWhenItIsUpAgain() {
        byte[] initial = Packets.initial(random(8), CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, initial);
        down(first.backend());
        Forwarded again = lab.forward(CLIENT, initial);
        lab.publish(Backends.members(BACKENDS));

        assertEquals(again.source(), lab.forward(CLIENT, initial).source());
    }

    @Test
    void letsGoWhoComesBackWithItsRetry() {
        Cid retried = random(18);
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.retry(CLIENTS, retried, REST));
        down(first.backend());

        byte[] second = Packets.initial(retried, CLIENTS, REST);
        Forwarded elsewhere = lab.forward(CLIENT, second);

        assertNotEquals(first.backend(), elsewhere.backend());
        assertEquals(elsewhere.source(), lab.forward(CLIENT, second).source());
    }

    @Test
    void deliversWhatItAnswersAfterAll() {
        byte[] initial = Packets.initial(random(8), CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, initial);
        down(first.backend());
        lab.forward(CLIENT, initial);

        byte[] late = Packets.initial(CLIENTS, random(8), REST);
        assertEquals(CLIENT, lab.answer(first, late).client());
    }

    @Test
    void letsASecondConnectionOfAnEstablishedSessionGo() {
        Cid server = random(8);
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        lab.forward(CLIENT, Packets.shortHeader(server, REST));
        byte[] second = initialTo(first.backend());
        assertEquals(first.source(), lab.forward(CLIENT, second).source());
        down(first.backend());

        assertNotEquals(first.backend(), lab.forward(CLIENT, second).backend());
        byte[] old = Packets.shortHeader(server, REST);
        assertEquals(first.source(), lab.forward(CLIENT, old).source());
    }

    private byte[] initialTo(int backend) {
        Place prober = Place.ipv4(0x0d000001, 1);
        while (true) {
            byte[] packet = Packets.initial(random(8), CLIENTS, REST);
            if (lab.forward(prober, packet).backend() == backend) {
                return packet;
            }
        }
    }

    @Test
    void keepsEverythingWhenThereIsNobodyElse() {
        byte[] initial = Packets.initial(random(8), CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, initial);
        List<PoolMember> all = new ArrayList<>();
        for (int i = 0; i < BACKENDS; i++) {
            all.add(Backends.down(Backends.ipv4(i)));
        }
        lab.publish(all);
        assertEquals(first.source(), lab.forward(CLIENT, initial).source());
    }

    @Test
    void keepsEverythingWhileHomingTakesNothingNew() {
        byte[] initial = Packets.initial(random(8), CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, initial);
        down(first.backend());
        lab.acceptNewConnections(false);
        assertEquals(first.source(), lab.forward(CLIENT, initial).source());
    }

    @Test
    void isNotFoundByAFirstChoiceThatHappensToNameIt() {
        ServerIds.Builder ids = ServerIds.ofLength(FORMAT.serverIdLength());
        for (int i = 0; i < BACKENDS; i++) {
            ids.add(serverId(i), i);
        }
        lab.publish(new QuicLb(List.of(new QuicLb.Configuration(FORMAT, ids.build()))));
        Cid named = Cid.of(new QuicLbEncoder(FORMAT, serverId(7)).next().orElseThrow());
        byte[] initial = Packets.initial(named, CLIENTS, REST);
        Forwarded first = lab.forward(CLIENT, initial);
        assertEquals(7, first.backend());
        down(7);

        Forwarded again = lab.forward(CLIENT, initial);
        assertNotEquals(7, again.backend());
        assertNotEquals(7, lab.forward(MOVED, initial).backend());
        assertEquals(again.source(), lab.forward(CLIENT, initial).source());
        byte[] middle = Packets.shortHeader(named, REST);
        assertEquals(7, lab.forward(MOVED, middle).backend());
    }

    private static byte[] serverId(int backend) {
        return new byte[] {0x31, 0x44, (byte) backend};
    }

    @Test
    void countsWhatABackendHasAnsweredAndWhatNot() {
        int sessions = 20 * BACKENDS; // none is left without, but once in 40 million times
        for (int i = 0; i < sessions; i++) {
            Place client = CLIENT.withPort(1000 + i);
            Forwarded first = lab.forward(client, Packets.initial(random(8), CLIENTS, REST));
            if (first.backend() % 2 == 0) {
                lab.answer(first, Packets.initial(CLIENTS, random(8), REST));
                lab.answer(first, Packets.handshake(CLIENTS, random(8), REST));
            }
        }
        lab.pass(20);
        long answered = 0;
        for (int backend = 0; backend < BACKENDS; backend++) {
            boolean isEven = backend % 2 == 0;
            assertEquals(isEven, lab.books().backendAnsweredSessions(backend) > 0);
            assertEquals(!isEven, lab.books().backendUnansweredSessions(backend) > 0);
            answered += lab.books().backendAnsweredSessions(backend);
            answered += lab.books().backendUnansweredSessions(backend);
        }
        assertEquals(sessions, answered, "each session once");
    }

    /// Anyone can send what is in the middle of nothing, or names a server that he has seen: that
    /// it is not answered says nothing of the server.
    @Test
    void countsNothingOfWhatAStrangerCanAim() {
        Cid server = random(8);
        Forwarded first = lab.forward(CLIENT, Packets.initial(random(8), CLIENTS, REST));
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        for (int i = 0; i < 50; i++) {
            lab.forward(MOVED.withPort(100 + i), Packets.shortHeader(server, REST));
            lab.forward(MOVED.withPort(200 + i), Packets.initial(server, CLIENTS, REST));
            lab.forward(MOVED.withPort(300 + i), Packets.shortHeader(random(8), REST));
        }
        lab.pass(20);
        assertTrue(lab.books().happened(Event.SESSION_EXPIRED) > 150);
        for (int backend = 0; backend < BACKENDS; backend++) {
            assertEquals(0, lab.books().backendUnansweredSessions(backend));
        }
    }
}
