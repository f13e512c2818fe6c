package dev.homing.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Seeded;
import dev.homing.ledger.Histogram;
import dev.homing.ledger.Side;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a turn notes of the queue that it empties.
class TurnTest {

    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);

    @RegisterExtension final Seeded seeded = new Seeded();

    private Lab lab(int queueCapacity) {
        return new Lab(
                seeded.random(),
                new MachineOptions().shards(1).queueCapacity(queueCapacity),
                Balance.CONNECTION_ID,
                Pool.LENGTH_LEARNED,
                Backends.members(2));
    }

    private void queue(Lab lab, int count) {
        byte[] initial = Packets.initial(Cid.of("0102030405060708"), Cid.of("c0c1"), new byte[100]);
        for (int i = 0; i < count; i++) {
            lab.queue(CLIENT, initial);
        }
    }

    @Test
    void theMostThatEverWaitedIsKnownForAMinuteOrTwo() {
        Lab lab = lab(64);
        assertEquals(0, lab.handoff(0).highWater());
        queue(lab, 5);
        assertNotNull(lab.nextForwarded());
        queue(lab, 3);
        assertNotNull(lab.nextForwarded());
        assertEquals(5, lab.handoff(0).highWater());
        lab.pass(59);
        assertEquals(5, lab.handoff(0).highWater());
        lab.pass(62);
        assertEquals(0, lab.handoff(0).highWater());
    }

    @Test
    void aTurnTakesTheTimeOfTheDatagramThatHasWaitedLongest() {
        Lab lab = lab(64);
        queue(lab, 1);
        lab.sleep(3_000_000);
        queue(lab, 4);
        lab.sleep(1_000_000);
        assertNotNull(lab.nextForwarded());
        assertEquals(4_000_000, lab.books().sum(Histogram.HANDOFF_WAIT, Side.CLIENT));
        assertEquals(1, lab.books().count(Histogram.HANDOFF_WAIT, Side.CLIENT, 12), "4.096 ms");
        lab.sleep(1_000_000);
        lab.pass(1);
        assertEquals(
                4_000_000, lab.books().sum(Histogram.HANDOFF_WAIT, Side.CLIENT), "none waited");
    }

    /// The shard's own time may be the older one: it is taken when the turn begins.
    @Test
    void aDatagramThatCameAfterTheTurnBeganHasNotWaited() {
        Lab lab = lab(64);
        queue(lab, 1);
        lab.sleep(-5_000);
        assertNotNull(lab.nextForwarded());
        assertEquals(0, lab.books().sum(Histogram.HANDOFF_WAIT, Side.CLIENT));
        assertEquals(1, lab.books().count(Histogram.HANDOFF_WAIT, Side.CLIENT, 0));
    }

    @Test
    void aQueueThatDroppedIsSeenToHaveBeenFull() {
        Lab lab = lab(4);
        queue(lab, 9);
        assertNotNull(lab.nextForwarded());
        assertEquals(lab.handoff(0).capacity(), lab.handoff(0).highWater());
    }
}
