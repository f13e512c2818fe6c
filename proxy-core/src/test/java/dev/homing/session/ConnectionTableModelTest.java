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
import dev.homing.quic.ConnectionIdWords;
import dev.homing.route.LearnedIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Random operations on the table and on a map of what it must know.
class ConnectionTableModelTest {

    private static final int IDLE_SECONDS = 50;
    private static final int UNUSED_SECONDS = 8;
    private static final int BACKENDS = 4;

    @RegisterExtension final Seeded seeded = new Seeded();

    private record Key(Cid cid, int pool, int backend) {

        ConnectionIdWords words() {
            return cid.words(pool);
        }
    }

    private static final class Entry {
        int lastUsed;
        boolean isUsed;

        Entry(int lastUsed) {
            this.lastUsed = lastUsed;
        }

        boolean isExpired(int nowSeconds) {
            return nowSeconds - lastUsed > (isUsed ? IDLE_SECONDS : UNUSED_SECONDS);
        }
    }

    private final Ledger ledger = new Ledger(BACKENDS);
    private final Map<Key, Entry> model = new HashMap<>();
    private ConnectionTable table =
            new ConnectionTable(new CountingMemory(), 1, new SipHash(0, 0), 1, 1);

    /// A small table is often full; keys are few, so that many are learned again, used and shared.
    @ParameterizedTest
    @CsvSource({"16, 12, 0", "16, 60, 16777100", "128, 60, 0", "128, 400, 16777100"})
    void agreesWithAMap(int capacity, int cids, int startSeconds) {
        SplittableRandom random = seeded.random();
        table =
                new ConnectionTable(
                        new CountingMemory(),
                        capacity,
                        new SipHash(random.nextLong(), random.nextLong()),
                        IDLE_SECONDS,
                        UNUSED_SECONDS);
        int nowSeconds = startSeconds;
        for (int step = 0; step < 30_000; step++) {
            Key key =
                    new Key(
                            Cid.numbered(random.nextInt(cids), 4),
                            random.nextInt(2),
                            random.nextInt(BACKENDS));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> learn(key, nowSeconds);
                case 3, 4, 5, 6 -> find(key, nowSeconds);
                case 7, 8 -> assertEquals(model.containsKey(key), owns(key));
                default -> {
                    nowSeconds += random.nextInt(3);
                    if (random.nextInt(4) == 0) {
                        expire(nowSeconds);
                    }
                }
            }
            assertEquals(model.size(), ledger.connectionIds());
        }
        model.keySet().forEach(key -> assertTrue(owns(key)));
        assertTrue(capacity > 16 || ledger.happened(Event.CONNECTION_ID_REFUSED) > 0);
    }

    private void learn(Key key, int nowSeconds) {
        Entry known = model.get(key);
        long refused = ledger.happened(Event.CONNECTION_ID_REFUSED);
        boolean isNew = table.learn(key.words(), key.backend(), nowSeconds, ledger);
        assertEquals(
                known == null, isNew || ledger.happened(Event.CONNECTION_ID_REFUSED) > refused);
        if (known != null) {
            known.lastUsed = nowSeconds;
            return;
        }
        if (isNew) {
            forgetTheOneThatMadeRoom(nowSeconds);
            model.put(key, new Entry(nowSeconds));
        }
        assertEquals(isNew, owns(key));
    }

    private void forgetTheOneThatMadeRoom(int nowSeconds) {
        List<Key> gone = new ArrayList<>();
        for (Key key : model.keySet()) {
            if (!owns(key)) {
                gone.add(key);
            }
        }
        assertTrue(gone.size() <= 1, () -> "made room more than once: " + gone);
        for (Key key : gone) {
            Entry entry = model.remove(key);
            assertTrue(
                    !entry.isUsed || entry.isExpired(nowSeconds),
                    () -> "a used entry made room: " + key);
        }
    }

    private void find(Key key, int nowSeconds) {
        int backend = table.find(key.words(), nowSeconds);
        if (backend == LearnedIds.UNKNOWN) {
            for (int other = 0; other < BACKENDS; other++) {
                assertFalse(model.containsKey(new Key(key.cid(), key.pool(), other)));
            }
            return;
        }
        Entry entry = model.get(new Key(key.cid(), key.pool(), backend));
        assertTrue(entry != null, "a backend that does not own it");
        entry.isUsed = true;
        entry.lastUsed = nowSeconds;
    }

    private void expire(int nowSeconds) {
        table.expire(0, table.bucketCount(), nowSeconds, ledger);
        model.entrySet()
                .removeIf(entry -> {
                    boolean isExpired = entry.getValue().isExpired(nowSeconds);
                    assertEquals(!isExpired, owns(entry.getKey()));
                    return isExpired;
                });
    }

    private boolean owns(Key key) {
        return table.owns(key.words(), key.backend());
    }
}
