package dev.homing.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.kit.CountingMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class HandoffTest {

    private static final int CAPACITY = 8;

    private final DatagramPool pool = new DatagramPool(new CountingMemory(), 20);
    private final Handoff handoff = new Handoff(CAPACITY, pool.capacity());

    @Test
    void passesDatagramsInOrderAndTakesTheirSlotsHome() {
        Queue<Datagram> passed = new ArrayDeque<>();
        for (int i = 0; i < 5; i++) {
            Datagram datagram = pool.take();
            passed.add(datagram);
            assertTrue(handoff.offer(datagram));
        }
        assertEquals(5, handoff.depth());
        List<Datagram> atTheShard = new ArrayList<>();
        Datagram datagram;
        while ((datagram = handoff.poll()) != null) {
            assertSame(passed.remove(), datagram);
            atTheShard.add(datagram);
        }
        assertEquals(0, handoff.depth());
        atTheShard.forEach(Datagram::release);
        assertEquals(15, pool.available());
        handoff.reclaim(pool);
        assertEquals(20, pool.available());
    }

    @Test
    void aSlotThatCameHomeIsReleasedToItsPoolAgain() {
        Datagram datagram = pool.take();
        handoff.offer(datagram);
        handoff.poll();
        datagram.release();
        handoff.reclaim(pool);
        assertSame(datagram, pool.take());
        datagram.release();
        assertEquals(20, pool.available());
    }

    @Test
    void aFullQueueLeavesTheDatagramToTheReceiver() {
        for (int i = 0; i < CAPACITY; i++) {
            assertTrue(handoff.offer(pool.take()));
        }
        Datagram refused = pool.take();
        assertFalse(handoff.offer(refused));
        assertEquals(CAPACITY, handoff.depth());
        assertEquals(CAPACITY, handoff.capacity());
        assertSame(pool, refused.owner());
        refused.release();
        assertEquals(20 - CAPACITY, pool.available());
    }

    /// While a shard takes out, a receiver fills up again.
    @Test
    void aQueueThatRefusedADatagramWasFullHoweverFewWaitAtTheNextTurn() {
        handoff.noteDepth(0);
        for (int i = 0; i < CAPACITY; i++) {
            handoff.offer(pool.take());
        }
        assertFalse(handoff.offer(pool.take()));
        while (handoff.poll() != null) {
            assertEquals(0, handoff.highWater());
        }
        handoff.noteDepth(1);
        assertEquals(CAPACITY, handoff.highWater());
        handoff.noteDepth(120_000_000_000L);
        assertEquals(0, handoff.highWater(), "it is told once");
    }

    @Test
    void allSlotsOfThePoolMayBeOnTheirWayHome() {
        DatagramPool small = new DatagramPool(new CountingMemory(), 5);
        Handoff both = new Handoff(8, small.capacity());
        while (small.available() > 0) {
            both.offer(small.take());
        }
        Datagram datagram;
        while ((datagram = both.poll()) != null) {
            datagram.release();
        }
        both.reclaim(small);
        assertEquals(5, small.available());
    }

    @Test
    void wakesTheShardOnceForABatchAndNotForNothing() {
        int[] wakeUps = new int[1];
        handoff.onSignal(() -> wakeUps[0]++);
        handoff.signal();
        assertEquals(0, wakeUps[0]);
        handoff.offer(pool.take());
        handoff.offer(pool.take());
        assertEquals(0, wakeUps[0]);
        handoff.signal();
        handoff.signal();
        assertEquals(1, wakeUps[0]);
    }

    @Test
    void aRefusedDatagramWakesNobody() {
        for (int i = 0; i < CAPACITY; i++) {
            handoff.offer(pool.take());
        }
        handoff.signal();
        int[] wakeUps = new int[1];
        handoff.onSignal(() -> wakeUps[0]++);
        assertFalse(handoff.offer(pool.take()));
        handoff.signal();
        assertEquals(0, wakeUps[0]);
    }

    @Test
    void anEmptyQueueHasNothing() {
        assertNull(handoff.poll());
        handoff.reclaim(pool);
        assertEquals(20, pool.available());
    }
}
