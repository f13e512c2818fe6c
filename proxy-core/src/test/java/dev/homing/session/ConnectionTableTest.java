package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.hash.SipHash;
import dev.homing.kit.Cid;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.route.Backend;
import dev.homing.route.LearnedIds;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTableTest {

    private static final int IDLE_SECONDS = 120;
    private static final int UNUSED_SECONDS = 10;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final Ledger ledger = new Ledger(10);

    @Test
    void hasAQuarterMoreEntriesThanItIsToHoldOf32OctetsEach() {
        for (int capacity : new int[] {1, 8, 9, 16, 17, 1000, 1024, 1025, 100_000}) {
            CountingMemory memory = new CountingMemory();
            ConnectionTable table =
                    new ConnectionTable(memory, capacity, new SipHash(1, 2), 120, 10);
            assertTrue(table.entries() >= capacity * 5 / 4);
            assertTrue(table.entries() <= Math.max(16, capacity * 5 / 4 + 8));
            assertEquals(32L * table.entries(), memory.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Backend.MAX_COUNT - 1})
    void findsWhatWasLearned(int backend) {
        ConnectionTable table = table(100);
        Cid cid = Cid.numbered(1, 8);
        assertEquals(LearnedIds.UNKNOWN, table.find(cid.words(0), 5));
        assertTrue(table.learn(cid.words(0), backend, 5, ledger));
        assertFalse(table.learn(cid.words(0), backend, 5, ledger));
        assertEquals(backend, table.find(cid.words(0), 5));
        assertTrue(table.owns(cid.words(0), backend));
        assertFalse(table.owns(cid.words(0), 7));
        assertEquals(LearnedIds.UNKNOWN, table.find(cid.words(1), 5));
        assertEquals(1, ledger.connectionIds());
    }

    /// Servers with short connection IDs may choose the same one.
    @Test
    void twoBackendsMayOwnTheSameConnectionId() {
        ConnectionTable table = table(100);
        Cid cid = Cid.numbered(1, 4);
        assertTrue(table.learn(cid.words(0), 1, 5, ledger));
        assertTrue(table.learn(cid.words(0), 2, 5, ledger));
        assertTrue(table.owns(cid.words(0), 1));
        assertTrue(table.owns(cid.words(0), 2));
        assertTrue(Set.of(1, 2).contains(table.find(cid.words(0), 5)));
        assertEquals(2, ledger.connectionIds());
    }

    @Test
    void anEntryThatNoClientUsedLivesShort() {
        ConnectionTable table = table(100);
        Cid unused = Cid.numbered(1, 8);
        Cid used = Cid.numbered(2, 8);
        table.learn(unused.words(0), 1, 100, ledger);
        table.learn(used.words(0), 2, 100, ledger);
        table.find(used.words(0), 100);

        expireAll(table, 100 + UNUSED_SECONDS);
        assertTrue(table.owns(unused.words(0), 1));
        expireAll(table, 100 + UNUSED_SECONDS + 1);
        assertFalse(table.owns(unused.words(0), 1));

        expireAll(table, 100 + IDLE_SECONDS);
        assertTrue(table.owns(used.words(0), 2));
        expireAll(table, 100 + IDLE_SECONDS + 1);
        assertFalse(table.owns(used.words(0), 2));
        assertEquals(0, ledger.connectionIds());
        assertEquals(2, ledger.happened(Event.CONNECTION_ID_EXPIRED));
    }

    @Test
    void useAndLearningAnewKeepAnEntryAlive() {
        ConnectionTable table = table(100);
        Cid used = Cid.numbered(1, 8);
        Cid repeated = Cid.numbered(2, 8);
        table.learn(used.words(0), 1, 0, ledger);
        table.learn(repeated.words(0), 1, 0, ledger);
        for (int nowSeconds = 0; nowSeconds < 2_000; nowSeconds += UNUSED_SECONDS) {
            table.find(used.words(0), nowSeconds);
            table.learn(repeated.words(0), 1, nowSeconds, ledger);
            expireAll(table, nowSeconds);
        }
        assertTrue(table.owns(used.words(0), 1));
        assertTrue(table.owns(repeated.words(0), 1));
    }

    /// Seconds have 24 bits in an entry: half a year.
    @ParameterizedTest
    @ValueSource(ints = {0, 0xff_fffb, 0x100_0000, 0x7ff_fffb, 0x7fff_0000})
    void secondsWrapWithoutLosingEntries(int startSeconds) {
        ConnectionTable table = table(100);
        Cid cid = Cid.numbered(1, 8);
        table.learn(cid.words(0), 1, startSeconds, ledger);
        expireAll(table, startSeconds + UNUSED_SECONDS);
        assertEquals(1, table.find(cid.words(0), startSeconds + UNUSED_SECONDS));
        expireAll(table, startSeconds + UNUSED_SECONDS + IDLE_SECONDS);
        assertTrue(table.owns(cid.words(0), 1));
        expireAll(table, startSeconds + UNUSED_SECONDS + IDLE_SECONDS + 1);
        assertFalse(table.owns(cid.words(0), 1));
    }

    @Test
    void aClockThatIsASecondBehindExpiresNothing() {
        ConnectionTable table = table(100);
        Cid cid = Cid.numbered(1, 8);
        table.learn(cid.words(0), 1, 100, ledger);
        expireAll(table, 99);
        assertTrue(table.owns(cid.words(0), 1));
    }

    /// Generations have 14 bits.
    @Test
    void anEntryIsUsedAgainMoreOftenThanGenerationsCount() {
        ConnectionTable table = table(1);
        int nowSeconds = 0;
        for (int i = 0; i < 40_000; i++) {
            Cid cid = Cid.numbered(i, 8);
            assertTrue(table.learn(cid.words(0), i % 10, nowSeconds, ledger));
            assertEquals(i % 10, table.find(cid.words(0), nowSeconds));
            nowSeconds += IDLE_SECONDS + 1;
            expireAll(table, nowSeconds);
            assertEquals(LearnedIds.UNKNOWN, table.find(cid.words(0), nowSeconds));
        }
        assertEquals(0, ledger.connectionIds());
    }

    @Test
    void newEntriesNeverEvictUsedOnes() {
        ConnectionTable table = table(64);
        Set<Cid> used = new HashSet<>();
        for (int i = 0; i < 48; i++) {
            Cid cid = Cid.random(seeded.random(), 8);
            if (table.learn(cid.words(0), 1, 0, ledger)) {
                used.add(cid);
            }
            table.find(cid.words(0), 0);
        }
        for (int i = 0; i < 100_000; i++) {
            table.learn(Cid.random(seeded.random(), 8).words(0), 2, 1 + i / 1_000, ledger);
        }
        for (Cid cid : used) {
            assertTrue(table.owns(cid.words(0), 1), cid + " was evicted");
        }
        assertTrue(ledger.connectionIds() <= table.entries());
    }

    @Test
    void aFullTableMakesRoomByTheOldestThatNoClientUsed() {
        ConnectionTable table = table(12); // two buckets: sooner or later all entries are taken
        Cid old = Cid.random(seeded.random(), 8);
        table.learn(old.words(0), 1, 0, ledger);
        int nowSeconds = 1;
        while (table.owns(old.words(0), 1)) {
            assertTrue(nowSeconds < 200, "the oldest is still there");
            Cid cid = Cid.random(seeded.random(), 8);
            table.learn(cid.words(0), 1, nowSeconds / 40, ledger);
            assertTrue(table.owns(cid.words(0), 1), "the newest is not there");
            nowSeconds++;
        }
        assertEquals(0, ledger.happened(Event.CONNECTION_ID_REFUSED));
    }

    @Test
    void anExpiredEntryIsRoomBeforeItIsSwept() {
        ConnectionTable table = table(12);
        for (int i = 0; i < 100; i++) {
            Cid cid = Cid.random(seeded.random(), 8);
            table.learn(cid.words(0), 1, 0, ledger);
            table.find(cid.words(0), 0);
        }
        long refused = ledger.happened(Event.CONNECTION_ID_REFUSED);
        assertTrue(refused > 0, "the table never was full");
        for (int i = 0; i < 8; i++) {
            Cid cid = Cid.random(seeded.random(), 8);
            assertTrue(table.learn(cid.words(0), 1, IDLE_SECONDS + 1, ledger));
        }
        assertEquals(refused, ledger.happened(Event.CONNECTION_ID_REFUSED));
        assertTrue(ledger.connectionIds() <= 16);
    }

    /// Used entries are never evicted, so what finds no room in its two buckets is refused.
    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 1 << 17})
    void fillsToTwoThirdsWithoutRefusingAnyAndToNineTenthsRefusingOneInAHundred(int capacity) {
        ConnectionTable table = table(capacity);
        int entries = table.entries();
        for (int i = 0; i < entries * 9 / 10; i++) {
            Cid cid = Cid.random(seeded.random(), 8);
            boolean isNew = table.learn(cid.words(0), 1, 0, ledger);
            assertTrue(isNew || i > entries * 2 / 3, "refused the " + i + "th");
            table.find(cid.words(0), 0);
            if (i == capacity) {
                long refused = ledger.happened(Event.CONNECTION_ID_REFUSED);
                assertTrue(refused <= 2 + capacity / 1_000, "refused of its capacity: " + refused);
            }
        }
        long refused = ledger.happened(Event.CONNECTION_ID_REFUSED);
        assertTrue(refused < Math.max(20, entries / 100), "refused: " + refused);
    }

    @Test
    void aRefusedConnectionIdIsCountedAndUnknown() {
        ConnectionTable table = table(16);
        int learned = 0;
        Cid refused = Cid.EMPTY;
        for (int i = 0; i < 1_000 && ledger.happened(Event.CONNECTION_ID_REFUSED) == 0; i++) {
            refused = Cid.random(seeded.random(), 8);
            if (table.learn(refused.words(0), 1, 0, ledger)) {
                learned++;
            }
            table.find(refused.words(0), 0);
        }
        assertEquals(1, ledger.happened(Event.CONNECTION_ID_REFUSED));
        assertEquals(LearnedIds.UNKNOWN, table.find(refused.words(0), 0));
        assertEquals(learned, ledger.connectionIds());
    }

    private static void expireAll(ConnectionTable table, int nowSeconds, Ledger ledger) {
        table.expire(0, table.bucketCount(), nowSeconds, ledger);
    }

    private void expireAll(ConnectionTable table, int nowSeconds) {
        expireAll(table, nowSeconds, ledger);
    }

    private ConnectionTable table(int capacity) {
        SipHash hash = new SipHash(seeded.random().nextLong(), seeded.random().nextLong());
        return new ConnectionTable(
                new CountingMemory(), capacity, hash, IDLE_SECONDS, UNUSED_SECONDS);
    }
}
