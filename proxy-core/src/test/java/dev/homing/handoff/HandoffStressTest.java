package dev.homing.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import dev.homing.kit.Together;
import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A receiver, a shard and somebody who reads the books, each on a thread of its own: nothing is
/// lost, nothing overtakes, every slot comes home, and what is sent was received, at any moment.
class HandoffStressTest {

    private static final int QUEUE = 64;
    private static final int SLOTS = 100; // not a power of two, and more than the queue takes
    private static final int HELD_AT_MOST = 40;
    private static final ValueLayout.OfLong NUMBER = ValueLayout.JAVA_LONG;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final DatagramPool pool = new DatagramPool(new CountingMemory(), SLOTS);
    private final Handoff handoff = new Handoff(QUEUE, SLOTS);
    private final Ledger ofReceiver = new Ledger(1);
    private final Ledger ofShard = new Ledger(1);
    private final Books books = new Books(List.of(ofReceiver, ofShard), handoff::depth);
    private final AtomicBoolean isReceiverDone = new AtomicBoolean();
    private final AtomicBoolean isShardDone = new AtomicBoolean();

    @Test
    void nothingIsLostOnTheWayBriefly() throws Exception {
        run(1_000_000);
    }

    @Test
    @Tag("stress")
    void nothingIsLostOnTheWayAtLength() throws Exception {
        run(100_000_000);
    }

    private void run(long count) throws Exception {
        SplittableRandom receiving = seeded.random().split();
        SplittableRandom forwarding = seeded.random().split();
        Together.run(
                List.of(
                        () -> receive(count, receiving),
                        () -> forward(forwarding),
                        this::readTheBooks));

        handoff.reclaim(pool);
        assertEquals(SLOTS, pool.available());
        assertEquals(0, books.missing(Side.CLIENT));
        assertEquals(count, books.received(Side.CLIENT));
        assertTrue(books.sent(Side.BACKEND) > 0);
    }

    private void receive(long count, SplittableRandom random) {
        for (long number = 0; number < count; ) {
            handoff.reclaim(pool);
            int batch = 1 + random.nextInt(64);
            for (int i = 0; i < batch && number < count && pool.available() > 0; i++) {
                Datagram datagram = pool.take();
                ofReceiver.received(Side.CLIENT, 1, 1);
                datagram.bytes().set(NUMBER, 0, number);
                datagram.setRoute(number, ~number);
                if (!handoff.offer(datagram)) {
                    ofReceiver.dropped(Side.CLIENT, DropReason.QUEUE_FULL, 1);
                    datagram.release();
                }
                number++;
            }
            handoff.signal();
        }
        isReceiverDone.set(true);
    }

    private void forward(SplittableRandom random) {
        Queue<Datagram> held = new ArrayDeque<>(); // as a sink holds what it is to send
        long latest = -1;
        boolean isLastLook = false;
        while (true) {
            Datagram datagram = handoff.poll();
            if (datagram == null) {
                if (isLastLook) {
                    break;
                }
                isLastLook = isReceiverDone.get(); // then one more look is needed
                Thread.onSpinWait();
                continue;
            }
            long number = datagram.bytes().get(NUMBER, 0);
            assertTrue(number > latest, "a datagram overtook another one");
            assertEquals(number, datagram.flowHash());
            assertEquals(~number, datagram.route());
            latest = number;
            held.add(datagram);
            while (held.size() > random.nextInt(HELD_AT_MOST)) {
                ofShard.sent(Side.BACKEND, 1, 1);
                held.remove().release();
            }
        }
        while (!held.isEmpty()) {
            ofShard.sent(Side.BACKEND, 1, 1);
            held.remove().release();
        }
        isShardDone.set(true);
    }

    private void readTheBooks() {
        long received = 0;
        while (!isShardDone.get()) {
            long sent = books.sent(Side.BACKEND);
            long dropped = books.dropped(Side.CLIENT);
            long depth = handoff.depth();
            long now = books.received(Side.CLIENT);
            assertTrue(sent + dropped <= now, "sent or dropped before it was received");
            assertTrue(now >= received, "a counter went back");
            assertTrue(depth >= 0 && depth <= QUEUE);
            received = now;
        }
    }
}
