package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.kit.Backends;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.FakePorts;
import dev.homing.kit.Seeded;
import dev.homing.kit.Slots;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.route.Backend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random operations on the table and on a list of the sessions that it must hold.
class SessionTableModelTest {

    private static final int LOOKS = 1_000;
    private static final int NONE = SessionTable.NONE;
    private static final int IDLE_SECONDS = 40;
    private static final int HALF_OPEN_SECONDS = 8;

    /// An eighth of the timeout, and a second of rounding.
    private static final int IDLE_LATE_SECONDS = 6;

    private static final int HALF_OPEN_LATE_SECONDS = 2;

    @RegisterExtension final Seeded seeded = new Seeded();

    private static final class Live {
        final int session;
        final int flow;
        final Backend backend;
        int lastUsed;
        boolean isEstablished;

        Live(int session, int flow, Backend backend, int nowSeconds) {
            this.session = session;
            this.flow = flow;
            this.backend = backend;
            lastUsed = nowSeconds;
        }
    }

    private final Ledger ledger = new Ledger(10);
    private final List<Live> model = new ArrayList<>(); // in the order of opening
    private final Datagram datagram = Slots.datagram();
    private SplittableRandom random = new SplittableRandom();
    private SessionTable sessions = table(1, 1, 1, 1);
    private int nowSeconds;

    @ParameterizedTest
    @CsvSource({
        "12, 12, 100, 1, 20", // a table that is too small
        "100, 5, 100, 1, 20", // too few half-open ones
        "100, 100, 6, 1, 40", // too few source tuples
        "100, 100, 2, 30, 40", // a block of addresses
        "200, 200, 200, 1, 30"
    })
    void agreesWithAList(int capacity, int halfOpen, int ports, int addresses, int flows) {
        random = seeded.random();
        sessions = table(capacity, halfOpen, ports, addresses);
        for (int step = 0; step < 20_000; step++) {
            int flow = random.nextInt(flows);
            Backend backend = backend(random.nextInt(6));
            be(flow);
            Live live = live(flow, backend);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    if (live == null) {
                        open(flow, backend, capacity, halfOpen);
                    } else {
                        sessions.markUsed(live.session, nowSeconds);
                        live.lastUsed = nowSeconds;
                    }
                }
                case 4, 5 -> establish(live);
                case 6, 7, 8 -> lookUp(flow, backend, live);
                case 9 -> nowSeconds += random.nextInt(3);
                default -> expire();
            }
        }
        assertTrue(model.size() <= capacity);
        checkAll();
    }

    private void open(int flow, Backend backend, int capacity, int halfOpen) {
        boolean isFull = model.size() == capacity;
        boolean isHalfOpenFull = halfOpenCount() == halfOpen;
        int session = sessions.open(datagram, backend, nowSeconds);
        List<Live> gone = forgetTheGone();
        assertEquals(
                (isFull || isHalfOpenFull) && halfOpenCount() + gone.size() > 0 ? 1 : 0,
                gone.size(),
                "evicted");
        for (Live evicted : gone) {
            assertFalse(evicted.isEstablished, "an established session was evicted");
        }
        if (session < NONE) {
            DropReason reason = SessionTable.reason(session);
            assertEquals(
                    isFull && gone.isEmpty()
                            ? DropReason.SESSIONS_FULL
                            : DropReason.NO_SOURCE_TUPLE,
                    reason);
            return;
        }
        model.add(new Live(session, flow, backend, nowSeconds));
        checkAll();
    }

    private void establish(Live live) {
        if (live != null) {
            sessions.establish(live.session, nowSeconds);
            live.isEstablished = true;
        }
    }

    private void lookUp(int flow, Backend backend, Live live) {
        assertEquals(live == null ? NONE : live.session, sessions.find(datagram, backend.id()));
        int session = sessions.latest(datagram);
        for (Live expected : model.reversed()) {
            if (expected.flow == flow) {
                assertEquals(expected.session, session);
                session = sessions.earlier(session);
            }
        }
        assertEquals(NONE, session);
    }

    private void expire() {
        sessions.expire(nowSeconds, LOOKS);
        for (Live gone : forgetTheGone()) {
            assertTrue(nowSeconds - gone.lastUsed >= timeout(gone), "a session expired too early");
        }
    }

    /// Only after some seconds with a call to expire in each is it sure who must be gone.
    private void checkExpired() {
        for (int i = 0; i < IDLE_LATE_SECONDS; i++) {
            nowSeconds++;
            expire();
        }
        for (Live live : model) {
            int late = live.isEstablished ? IDLE_LATE_SECONDS : HALF_OPEN_LATE_SECONDS;
            assertTrue(nowSeconds - live.lastUsed < timeout(live) + late, "a session outlived");
        }
    }

    private static int timeout(Live live) {
        return live.isEstablished ? IDLE_SECONDS : HALF_OPEN_SECONDS;
    }

    private void checkAll() {
        if (random.nextInt(50) == 0) {
            checkExpired();
        }
        Set<List<Object>> sources = new HashSet<>();
        long established = 0;
        for (Live live : model) {
            Address source = new Address();
            sessions.readSource(live.session, live.backend.isIpv4(), source);
            int port = sessions.backendPort(live.session);
            assertTrue(
                    sources.add(List.of(port, source.low(), live.backend.id())),
                    "two sessions toward a backend with the same source tuple");
            assertEquals(live.session, sessions.findBySource(port, source, live.backend));
            assertEquals(live.isEstablished, sessions.isEstablished(live.session));
            established += live.isEstablished ? 1 : 0;
        }
        assertEquals(established, ledger.sessions(SessionState.ESTABLISHED));
        assertEquals(model.size() - established, ledger.sessions(SessionState.HALF_OPEN));
        for (int id = 0; id < 6; id++) {
            int backend = id;
            assertEquals(
                    model.stream().filter(live -> live.backend.id() == backend).count(),
                    ledger.backendSessions(backend));
        }
    }

    private List<Live> forgetTheGone() {
        List<Live> gone = new ArrayList<>();
        for (Live live : model) {
            be(live.flow);
            if (sessions.find(datagram, live.backend.id()) != live.session) {
                gone.add(live);
            }
        }
        model.removeAll(gone);
        return gone;
    }

    private Live live(int flow, Backend backend) {
        for (Live live : model) {
            if (live.flow == flow && live.backend.equals(backend)) {
                return live;
            }
        }
        return null;
    }

    private int halfOpenCount() {
        return (int) model.stream().filter(live -> !live.isEstablished).count();
    }

    private static final List<Backend> BACKENDS =
            List.of(
                    Backends.ipv4(0),
                    Backends.ipv6(1),
                    Backends.ipv4(2),
                    Backends.ipv6(3),
                    Backends.ipv4(4),
                    Backends.ipv4(5));

    private static Backend backend(int id) {
        return BACKENDS.get(id);
    }

    /// Makes the datagram one of a flow; every three flows share a hash.
    private void be(int flow) {
        datagram.peer().setIpv4(0x0a000001, 1000 + flow);
        datagram.setRoute(flow / 3, 0);
    }

    private SessionTable table(int capacity, int halfOpen, int ports, int addresses) {
        SourceAddresses ipv4 =
                addresses == 1
                        ? SourceAddresses.ANY
                        : SourceAddresses.of(
                                new SourceAddresses.Block(
                                        0, Address.mapped(0x0ac80000), addresses));
        SourceAddresses ipv6 =
                addresses == 1
                        ? SourceAddresses.ANY
                        : SourceAddresses.of(new SourceAddresses.Block(9, 100, addresses));
        return new SessionTable(
                new CountingMemory(),
                new SessionLimits(capacity, halfOpen, IDLE_SECONDS, HALF_OPEN_SECONDS, 4),
                new FakePorts(ports, ledger),
                ipv4,
                ipv6,
                new SipHash(random.nextLong(), random.nextLong()),
                ledger);
    }
}
