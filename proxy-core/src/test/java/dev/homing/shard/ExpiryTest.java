package dev.homing.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.FakePorts;
import dev.homing.kit.Slots;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.session.ConnectionTable;
import dev.homing.session.SessionLimits;
import dev.homing.session.SessionTable;
import dev.homing.session.SourceAddresses;
import org.junit.jupiter.api.Test;

/// How much of the idle is forgotten in one turn.
class ExpiryTest {

    private static final int COUNT = 100_000;
    private static final int IDLE_SECONDS = 120;
    private static final int HALF_OPEN_SECONDS = 10;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TICK_NS = SECOND_NS / 10;

    private final Ledger ledger = new Ledger(10);
    private final SipHash hash = new SipHash(1, 2);
    private final SessionTable sessions =
            new SessionTable(
                    new CountingMemory(),
                    new SessionLimits(COUNT, COUNT, IDLE_SECONDS, HALF_OPEN_SECONDS, 4),
                    new FakePorts(1, ledger),
                    SourceAddresses.of(
                            new SourceAddresses.Block(0, Address.mapped(0x0a000000), COUNT)),
                    SourceAddresses.ANY,
                    hash,
                    ledger);
    private final ConnectionTable connections =
            new ConnectionTable(new CountingMemory(), COUNT, hash, IDLE_SECONDS, HALF_OPEN_SECONDS);

    private void openAll(boolean isEstablished) {
        Datagram datagram = Slots.datagram();
        for (int i = 0; i < COUNT; i++) {
            datagram.setRoute(i * 0x9e3779b97f4a7c15L, 0);
            datagram.peer().setIpv4(i, 1000);
            int session = sessions.open(datagram, Backends.ipv4(0), 0);
            assertTrue(session >= 0);
            if (isEstablished && i % 2 == 0) {
                sessions.establish(session, 0);
            }
        }
    }

    @Test
    void noTurnForgetsMoreSessionsThanItsShareHoweverManyAreIdle() {
        openAll(true);
        Expiry expiry = new Expiry(sessions, connections, ledger, 0, 1);
        int nowSeconds = IDLE_SECONDS;
        int turns = 0;
        boolean isMore = true;
        while (isMore) {
            long before = open();
            isMore = expiry.expire(nowSeconds * SECOND_NS, nowSeconds);
            long forgotten = before - open();
            assertTrue(forgotten <= 2 * Expiry.LOOKS_PER_TURN, "forgotten at once: " + forgotten);
            turns++;
        }
        assertEquals(0, open());
        assertEquals(COUNT, ledger.happened(Event.SESSION_EXPIRED));
        assertTrue(turns <= COUNT / 2 / Expiry.LOOKS_PER_TURN + 2, "turns: " + turns);
    }

    private long open() {
        return ledger.sessions(SessionState.HALF_OPEN) + ledger.sessions(SessionState.ESTABLISHED);
    }

    @Test
    void aTurnThatLeavesIdleSessionsBehindSaysThatAnotherIsDue() {
        openAll(false);
        Expiry expiry = new Expiry(sessions, connections, ledger, 0, 1);
        assertFalse(expiry.expire(0, 0));
        assertTrue(expiry.expire(1, HALF_OPEN_SECONDS));
    }

    /// Between two shards, which look at different connection IDs.
    @Test
    void allConnectionIdsAreLookedAtInTenSecondsOfTurnsAndNoTurnAtMoreThanItsShare() {
        for (int i = 0; i < COUNT; i++) {
            connections.learn(Cid.numbered(i, 8).words(0), 0, 0, ledger);
        }
        Expiry[] expiries = {
            new Expiry(sessions, connections, ledger, 0, 2),
            new Expiry(sessions, connections, ledger, 1, 2)
        };
        int entriesPerTurn = 8 * Expiry.BUCKETS_PER_TURN;
        long startNs = (HALF_OPEN_SECONDS + 1) * SECOND_NS;
        for (long nowNs = startNs; nowNs <= startNs + 10 * SECOND_NS; nowNs += TICK_NS) {
            for (Expiry expiry : expiries) {
                boolean isMore = true;
                while (isMore) {
                    long before = ledger.connectionIds();
                    isMore = expiry.expire(nowNs, (int) (nowNs / SECOND_NS));
                    long forgotten = before - ledger.connectionIds();
                    assertTrue(forgotten <= entriesPerTurn, "forgotten at once: " + forgotten);
                }
            }
            if (nowNs == startNs + 5 * SECOND_NS) {
                long off = Math.abs(ledger.connectionIds() - COUNT / 2);
                assertTrue(off <= COUNT / 20, "looked at more or less than half: " + off);
            }
        }
        assertEquals(0, ledger.connectionIds());
    }

    /// A machine that was suspended for a day.
    @Test
    void looksThatWereMissedAreNotMadeUpFor() {
        Expiry expiry = new Expiry(sessions, connections, ledger, 0, 1);
        expiry.expire(0, 0);
        assertFalse(expiry.expire(86_400 * SECOND_NS, 86_400));
    }
}
