package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.hash.SipHash;
import dev.homing.kit.Cid;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.Meeting;
import dev.homing.kit.Seeded;
import dev.homing.kit.Together;
import dev.homing.ledger.Ledger;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.route.LearnedIds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The table under several writers and readers at once. It is so small that all connection IDs
/// share its two buckets, and they have the same tag, so that nothing but the protocol of the state
/// word keeps a reader from seeing half of one and half of another.
class ConnectionTableStressTest {

    private static final int CIDS = 48;
    private static final int TAG_SHIFT = 54;

    @RegisterExtension final Seeded seeded = new Seeded();

    @Test
    void aReaderSeesNoBackendThatNeverOwnedTheConnectionIdBriefly() throws Exception {
        writersAndReaders(300_000);
    }

    @Test
    @Tag("stress")
    void aReaderSeesNoBackendThatNeverOwnedTheConnectionIdAtLength() throws Exception {
        writersAndReaders(30_000_000);
    }

    private void writersAndReaders(int steps) throws Exception {
        SipHash hash = new SipHash(seeded.random().nextLong(), seeded.random().nextLong());
        ConnectionTable table = new ConnectionTable(new CountingMemory(), 16, hash, 3, 1);
        ConnectionIdWords[] cids = cidsOfOneTag(hash);
        AtomicInteger clock = new AtomicInteger();
        List<Ledger> ledgers = new ArrayList<>();
        List<Together.Body> bodies = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Ledger ledger = new Ledger(1);
            ledgers.add(ledger);
            SplittableRandom writing = seeded.random().split();
            bodies.add(() -> write(table, cids, clock, ledger, writing, steps));
            SplittableRandom reading = seeded.random().split();
            bodies.add(() -> read(table, cids, clock, reading, steps));
        }
        Together.run(bodies);

        Ledger last = ledgers.getFirst();
        table.expire(0, table.bucketCount(), clock.get() + 1_000, last);
        assertEquals(0, ledgers.stream().mapToLong(Ledger::connectionIds).sum());
    }

    private static void write(
            ConnectionTable table,
            ConnectionIdWords[] cids,
            AtomicInteger clock,
            Ledger ledger,
            SplittableRandom random,
            int steps) {
        for (int step = 0; step < steps; step++) {
            int cid = random.nextInt(CIDS);
            table.learn(cids[cid], owner(cid, random.nextInt(2)), clock.get(), ledger);
            if (step % 64 == 0) {
                table.expire(0, table.bucketCount(), clock.incrementAndGet(), ledger);
            }
        }
    }

    private static void read(
            ConnectionTable table,
            ConnectionIdWords[] cids,
            AtomicInteger clock,
            SplittableRandom random,
            int steps) {
        int found = 0;
        for (int step = 0; step < steps; step++) {
            int cid = random.nextInt(CIDS);
            int backend = table.find(cids[cid], clock.get());
            if (backend != LearnedIds.UNKNOWN) {
                found++;
                assertEquals(cid, backend >> 1, "a backend that never owned the connection ID");
            }
            int stranger = owner((cid + 1) % CIDS, 0);
            assertFalse(table.owns(cids[cid], stranger));
        }
        assertTrue(found > steps / 1_000, "found only " + found);
    }

    /// Each connection ID has two owners of its own.
    private static int owner(int cid, int which) {
        return cid << 1 | which;
    }

    private ConnectionIdWords[] cidsOfOneTag(SipHash hash) {
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(number -> Cid.numbered(number, 8).words(0))
                .filter(words ->
                        hash.hash(words.first(), words.second(), words.third()) >>> TAG_SHIFT == 5)
                .limit(CIDS)
                .toArray(ConnectionIdWords[]::new);
    }

    @Test
    void writersThatMeetDoNotOverwriteEachOtherWhileThereIsRoomBriefly() throws Exception {
        meetingWriters(20_000);
    }

    @Test
    @Tag("stress")
    void writersThatMeetDoNotOverwriteEachOtherWhileThereIsRoomAtLength() throws Exception {
        meetingWriters(1_000_000);
    }

    /// Two writers at a time learn four connection IDs each; a bucket has room for all eight.
    private void meetingWriters(int rounds) throws Exception {
        SipHash hash = new SipHash(seeded.random().nextLong(), seeded.random().nextLong());
        ConnectionTable table = new ConnectionTable(new CountingMemory(), 16, hash, 1, 1);
        Ledger sweeping = new Ledger(1);
        Meeting meeting = new Meeting(2);
        AtomicInteger round = new AtomicInteger();
        List<Ledger> ledgers = List.of(new Ledger(1), new Ledger(1));

        List<Together.Body> bodies = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            int number = writer;
            bodies.add(() -> {
                while (round.get() < rounds) {
                    meeting.meet();
                    for (int i = 0; i < 4; i++) {
                        table.learn(
                                cid(round.get(), number, i),
                                1,
                                10 * round.get(),
                                ledgers.get(number));
                    }
                    meeting.meet();
                    if (number == 0) {
                        checkAllAreThere(table, round.get());
                        table.expire(0, table.bucketCount(), 10 * round.get() + 5, sweeping);
                        round.incrementAndGet();
                    }
                    meeting.meet();
                }
            });
        }
        Together.run(bodies);
    }

    private static void checkAllAreThere(ConnectionTable table, int round) {
        for (int writer = 0; writer < 2; writer++) {
            for (int i = 0; i < 4; i++) {
                assertTrue(
                        table.owns(cid(round, writer, i), 1),
                        "lost in round " + round + ": writer " + writer + ", " + i);
            }
        }
    }

    private static ConnectionIdWords cid(int round, int writer, int i) {
        return Cid.numbered(round * 8 + writer * 4 + i, 8).words(0);
    }
}
