package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.kit.Backends;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.FakePorts;
import dev.homing.kit.Slots;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.route.Backend;
import org.junit.jupiter.api.Test;

class SessionTableTest {

    private static final int NONE = SessionTable.NONE;
    private static final int IDLE_SECONDS = 120;
    private static final int HALF_OPEN_SECONDS = 10;
    private static final int LOOKS = 1_000;
    private static final Backend FIRST = Backends.ipv4(0);
    private static final Backend SECOND = Backends.ipv6(1);

    private final Ledger ledger = new Ledger(10);
    private final FakePorts ports = new FakePorts(100, ledger);

    @Test
    void findsASessionByItsFlowAndItsSource() {
        SessionTable sessions = table(10, 10);
        Datagram datagram = from(1000);
        datagram.peer().set(7, 8, 1000, 9);
        datagram.local().set(5, 6, 0, 0);
        datagram.setListener(3);
        assertEquals(NONE, sessions.find(datagram, 0));

        int session = sessions.open(datagram, FIRST, 0);

        assertEquals(session, sessions.find(datagram, 0));
        assertEquals(NONE, sessions.find(datagram, 1));
        assertEquals(session, sessions.latest(datagram));
        assertEquals(NONE, sessions.earlier(session));
        assertEquals(session, bySource(sessions, session, FIRST));
        assertEquals(0, sessions.backend(session));
        assertEquals(3, sessions.listener(session));
        Address address = new Address();
        sessions.readClient(session, address);
        assertEquals(7, address.high());
        assertEquals(8, address.low());
        assertEquals(1000, address.port());
        assertEquals(9, address.scope());
        sessions.readLocal(session, address);
        assertEquals(5, address.high());
        assertEquals(6, address.low());
        assertFalse(sessions.isEstablished(session));
    }

    @Test
    void everyPartOfTheFlowTellsItFromOthersEvenWhenTheirHashesCollide() {
        SessionTable sessions = table(10, 10);
        Datagram datagram = from(1000);
        datagram.local().setIpv4(0x0a000063, 0);
        sessions.open(datagram, FIRST, 0);
        datagram.peer().setIpv4(0x0a000002, 1000);
        assertEquals(NONE, sessions.latest(datagram));
        datagram.peer().setIpv4(0x0a000001, 1001);
        assertEquals(NONE, sessions.latest(datagram));
        datagram.peer().set(1, Address.mapped(0x0a000001), 1000, 0);
        assertEquals(NONE, sessions.latest(datagram));
        datagram.peer().setIpv4(0x0a000001, 1000);
        datagram.local().setIpv4(0x0a000064, 0);
        assertEquals(NONE, sessions.latest(datagram));
        datagram.local().setIpv4(0x0a000063, 0);
        datagram.setListener(1);
        assertEquals(NONE, sessions.latest(datagram));
        datagram.setListener(0);
        assertNotEquals(NONE, sessions.latest(datagram));
    }

    @Test
    void aPortAbove32767IsStillTheSamePort() {
        SessionTable sessions = table(10, 10);
        int session = sessions.open(from(65_535), FIRST, 0);
        assertEquals(session, sessions.find(from(65_535), 0));
        Address client = new Address();
        sessions.readClient(session, client);
        assertEquals(65_535, client.port());
    }

    @Test
    void aFlowHasASessionForEachBackendLatestFirst() {
        SessionTable sessions = table(10, 10);
        Datagram datagram = from(1000);
        int first = sessions.open(datagram, FIRST, 0);
        int second = sessions.open(datagram, SECOND, 0);
        int third = sessions.open(datagram, Backends.ipv4(2), 0);
        assertEquals(third, sessions.latest(datagram));
        assertEquals(second, sessions.earlier(third));
        assertEquals(first, sessions.earlier(second));
        assertEquals(NONE, sessions.earlier(first));
        assertEquals(second, sessions.find(datagram, SECOND.id()));

        // The one in the middle goes.
        sessions.establish(first, 0);
        sessions.establish(third, 0);
        sessions.expire(HALF_OPEN_SECONDS, LOOKS);
        assertEquals(third, sessions.latest(datagram));
        assertEquals(first, sessions.earlier(third));
        assertEquals(NONE, sessions.find(datagram, SECOND.id()));
    }

    @Test
    void aHalfOpenSessionLivesShorterThanAnEstablishedOne() {
        SessionTable sessions = table(10, 10);
        int halfOpen = sessions.open(from(1000), FIRST, 0);
        int established = sessions.open(from(1001), FIRST, 0);
        sessions.establish(established, 0);
        assertTrue(sessions.isEstablished(established));
        sessions.expire(HALF_OPEN_SECONDS - 1, LOOKS);
        assertEquals(halfOpen, sessions.latest(from(1000)));
        sessions.expire(HALF_OPEN_SECONDS, LOOKS);
        assertEquals(NONE, sessions.latest(from(1000)));
        sessions.expire(IDLE_SECONDS - 1, LOOKS);
        assertEquals(established, sessions.latest(from(1001)));
        sessions.expire(
                IDLE_SECONDS * 9 / 8, LOOKS); // it has just been looked at, and is again then
        assertEquals(NONE, sessions.latest(from(1001)));
        assertEquals(2, ledger.happened(Event.SESSION_EXPIRED));
        assertEquals(0, ledger.sessions(SessionState.ESTABLISHED));
        assertEquals(0, ledger.sessions(SessionState.HALF_OPEN));
        assertEquals(0, ledger.backendSessions(FIRST.id()));
    }

    @Test
    void aUsedSessionExpiresAtMostAnEighthLate() {
        SessionTable sessions = table(10, 10);
        int session = sessions.open(from(1000), FIRST, 0);
        sessions.establish(session, 0);
        for (int nowSeconds = 0; nowSeconds <= 500; nowSeconds++) {
            sessions.markUsed(session, nowSeconds);
            sessions.expire(nowSeconds, LOOKS);
        }
        int nowSeconds = 500;
        while (sessions.latest(from(1000)) != NONE) {
            sessions.expire(++nowSeconds, LOOKS);
        }
        assertTrue(nowSeconds >= 500 + IDLE_SECONDS);
        assertTrue(nowSeconds <= 500 + IDLE_SECONDS * 9 / 8, "expired after " + nowSeconds);
    }

    @Test
    void halfOpenSessionsAboveTheirCapEvictTheOldestOfThem() {
        SessionTable sessions = table(100, 3);
        int established = sessions.open(from(1), FIRST, 0);
        sessions.establish(established, 0);
        for (int port = 1000; port < 1010; port++) {
            assertTrue(sessions.open(from(port), FIRST, 0) >= 0);
        }
        for (int port = 1000; port < 1010; port++) {
            assertEquals(port < 1007, sessions.latest(from(port)) == NONE);
        }
        assertEquals(established, sessions.latest(from(1)));
        assertEquals(7, ledger.happened(Event.SESSION_EVICTED));
        assertEquals(3, ledger.sessions(SessionState.HALF_OPEN));
    }

    @Test
    void aTableFullOfEstablishedSessionsRefuses() {
        SessionTable sessions = table(3, 3);
        for (int port = 1000; port < 1003; port++) {
            sessions.establish(sessions.open(from(port), FIRST, 0), 0);
        }
        int refused = sessions.open(from(1003), FIRST, 0);
        assertTrue(refused < NONE);
        assertEquals(DropReason.SESSIONS_FULL, SessionTable.reason(refused));
        assertEquals(0, ledger.happened(Event.SESSION_EVICTED));
        assertEquals(3, ledger.sessions(SessionState.ESTABLISHED));
    }

    @Test
    void aFullTableEvictsAHalfOpenSession() {
        SessionTable sessions = table(3, 3);
        sessions.establish(sessions.open(from(1000), FIRST, 0), 0);
        sessions.open(from(1001), FIRST, 0);
        sessions.establish(sessions.open(from(1002), FIRST, 0), 0);
        assertTrue(sessions.open(from(1003), FIRST, 0) >= 0);
        assertEquals(NONE, sessions.latest(from(1001)));
    }

    @Test
    void withoutASourceTupleThereIsNoSession() {
        SessionTable sessions = tableWithPorts(new FakePorts(1, ledger), SourceAddresses.ANY);
        assertTrue(sessions.open(from(1000), FIRST, 0) >= 0);
        int refused = sessions.open(from(1001), FIRST, 0);
        assertEquals(DropReason.NO_SOURCE_TUPLE, SessionTable.reason(refused));
        assertTrue(sessions.open(from(1001), Backends.ipv4(1), 0) >= 0);
        assertEquals(2, ledger.sessions(SessionState.HALF_OPEN));
    }

    @Test
    void everyReasonSurvivesARefusal() {
        for (DropReason reason : DropReason.values()) {
            int refused = SessionTable.refused(reason);
            assertTrue(refused < NONE);
            assertEquals(reason, SessionTable.reason(refused));
        }
    }

    @Test
    void theSourceIsAnAddressOfTheBlockAndFoundByIt() {
        SourceAddresses block =
                SourceAddresses.of(new SourceAddresses.Block(0, Address.mapped(0x0ac80000), 4));
        FakePorts fewPorts = new FakePorts(1, ledger);
        SessionTable sessions = tableWithPorts(fewPorts, block);
        for (int i = 0; i < 4; i++) {
            int session = sessions.open(from(1000 + i), FIRST, 0);
            Address source = new Address();
            sessions.readSource(session, true, source);
            assertEquals(0x0ac80000 + i, source.ipv4());
            assertEquals(session, bySource(sessions, session, FIRST));
        }
        Address other = new Address();
        other.setIpv4(0x0ac80004, 0);
        assertEquals(NONE, sessions.findBySource(0, other, FIRST));
        assertEquals(1, fewPorts.opened());
    }

    /// A turn must not be long, however many sessions there are.
    @Test
    void expiresManySessionsInBoundedSteps() {
        int count = 200_000;
        SessionTable sessions =
                new SessionTable(
                        new CountingMemory(),
                        new SessionLimits(count, count, IDLE_SECONDS, HALF_OPEN_SECONDS, 4),
                        new FakePorts(1, ledger),
                        SourceAddresses.of(
                                new SourceAddresses.Block(0, Address.mapped(0x0a000000), count)),
                        SourceAddresses.ANY,
                        new SipHash(1, 2),
                        ledger);
        Datagram datagram = from(1000);
        for (int i = 0; i < count; i++) {
            datagram.setRoute(i * 0x9e3779b97f4a7c15L, 0);
            datagram.peer().setIpv4(i, 1000);
            assertTrue(sessions.open(datagram, FIRST, 0) >= 0);
        }
        int calls = 0;
        long left = count;
        while (left > 0) {
            boolean isMore = sessions.expire(HALF_OPEN_SECONDS, LOOKS);
            calls++;
            assertEquals(left - LOOKS, ledger.sessions(SessionState.HALF_OPEN));
            left -= LOOKS;
            assertEquals(left > 0, isMore);
        }
        assertEquals(count / LOOKS, calls);
    }

    /// What is in use is looked at, too, and put off: that counts as well.
    @Test
    void looksAtABoundedNumberOfSessionsThatAreInUse() {
        SessionTable sessions = table(100, 100);
        for (int port = 1; port <= 100; port++) {
            int session = sessions.open(from(port), FIRST, 0);
            sessions.markUsed(session, HALF_OPEN_SECONDS);
        }
        for (int call = 1; call <= 10; call++) {
            assertEquals(call < 10, sessions.expire(HALF_OPEN_SECONDS, 10), "after " + call);
        }
        assertEquals(100, ledger.sessions(SessionState.HALF_OPEN));
    }

    @Test
    void aliasesAreCapped() {
        SessionTable sessions = table(10, 10);
        int session = sessions.open(from(1000), FIRST, 0);
        for (int i = 0; i < 4; i++) {
            assertTrue(sessions.mayTeachAlias(session));
            sessions.countAlias(session);
        }
        assertFalse(sessions.mayTeachAlias(session));
    }

    @Test
    void aClosedSessionLeavesNothingToItsSuccessor() {
        SessionTable sessions = table(1, 1);
        int session = sessions.open(from(1000), FIRST, 0);
        sessions.setFirstIds(session, 5, 6);
        sessions.setAnswered(session);
        sessions.setServerIdLength(session, 20);
        sessions.setServerId(session, 7);
        for (int i = 0; i < 4; i++) {
            sessions.countAlias(session);
        }
        sessions.establish(session, 0);
        sessions.expire(IDLE_SECONDS, LOOKS);

        assertEquals(session, sessions.open(from(1001), FIRST, 500));

        assertFalse(sessions.isClientId(session, 5));
        assertFalse(sessions.isFirstId(session, 6));
        assertFalse(sessions.isServerId(session, 7));
        assertFalse(sessions.isAnswered(session));
        assertFalse(sessions.isEstablished(session));
        assertEquals(-1, sessions.serverIdLength(session));
        assertTrue(sessions.mayTeachAlias(session));
    }

    private static int bySource(SessionTable sessions, int session, Backend backend) {
        Address source = new Address();
        sessions.readSource(session, backend.isIpv4(), source);
        return sessions.findBySource(sessions.backendPort(session), source, backend);
    }

    /// All with the same flow hash, so that only comparing tells them apart.
    private static Datagram from(int port) {
        Datagram datagram = Slots.datagram();
        datagram.peer().setIpv4(0x0a000001, port);
        datagram.setRoute(42, 0);
        return datagram;
    }

    private SessionTable table(int capacity, int halfOpen) {
        return table(capacity, halfOpen, ports, SourceAddresses.ANY);
    }

    private SessionTable tableWithPorts(FakePorts otherPorts, SourceAddresses ipv4) {
        return table(10, 10, otherPorts, ipv4);
    }

    private SessionTable table(
            int capacity, int halfOpen, FakePorts anyPorts, SourceAddresses ipv4) {
        return new SessionTable(
                new CountingMemory(),
                new SessionLimits(capacity, halfOpen, IDLE_SECONDS, HALF_OPEN_SECONDS, 4),
                anyPorts,
                ipv4,
                SourceAddresses.ANY,
                new SipHash(1, 2),
                ledger);
    }
}
