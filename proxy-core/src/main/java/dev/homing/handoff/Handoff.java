package dev.homing.handoff;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramOwner;
import dev.homing.datagram.DatagramPool;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// The way from one receiver to one shard, and back for the slots.
///
/// ```
/// receiver ── offer ──► forth ── poll ────► shard
///    pool ◄── reclaim ── back ◄── release ──┘
/// ```
///
/// Each queue has a single producer and a single consumer, so a pass costs one release store and no
/// compare-and-swap. What goes through is the slot itself; the payload stays where the kernel put
/// it.
public final class Handoff implements ShardDoor, DatagramOwner {

    private final SpscVarHandleArrayQueue<Datagram> forth;
    private final SpscVarHandleArrayQueue<Datagram> back;
    private final HighWater highWater = new HighWater();
    private Runnable wakeUp = () -> {};

    /// Whether there was no room for a datagram since the last turn. The receiver sets it, the
    /// shard clears it.
    private volatile boolean wasFull;

    /// Whether something was offered since the last signal. The receiver's thread only.
    private boolean isSignalDue;

    /// @param capacity how many datagrams may wait, a power of two
    /// @param slotCount how many slots the receiver's pool has, so that all of them could be on
    ///   their way home
    public Handoff(int capacity, int slotCount) {
        forth = new SpscVarHandleArrayQueue<>(capacity);
        back = new SpscVarHandleArrayQueue<>(slotCount);
    }

    /// Says how to wake the shard; once, before the threads start. The wake-up runs on the
    /// receiver's thread.
    public void onSignal(Runnable wakeUp) {
        this.wakeUp = wakeUp;
    }

    @Override
    public boolean offer(Datagram datagram) {
        DatagramOwner home = datagram.owner();
        datagram.setOwner(this); // before the queue publishes it
        if (!forth.offer(datagram)) {
            datagram.setOwner(home);
            wasFull = true;
            return false;
        }
        isSignalDue = true;
        return true;
    }

    @Override
    public void signal() {
        if (isSignalDue) {
            isSignalDue = false;
            wakeUp.run();
        }
    }

    /// Receiver's thread: takes the empty slots home.
    public void reclaim(DatagramPool home) {
        Datagram datagram;
        while ((datagram = back.relaxedPoll()) != null) {
            datagram.setOwner(home);
            home.release(datagram);
        }
    }

    /// Shard's thread.
    public @Nullable Datagram poll() {
        return forth.poll();
    }

    /// Shard's thread.
    @Override
    public void release(Datagram datagram) {
        boolean isBack = back.offer(datagram);
        assert isBack : "more slots came back than the pool has";
    }

    /// Notes how many datagrams wait, for [#highWater]. Shard's thread, once a turn, before it
    /// takes any: that is when the queue is at its fullest, unless it was full in the course of the
    /// last turn.
    ///
    /// @param nowNs as of System.nanoTime()
    public void noteDepth(long nowNs) {
        int most = depth();
        if (wasFull) {
            wasFull = false;
            most = capacity();
        }
        highWater.note(most, nowNs);
    }

    /// The most datagrams that a turn found waiting in the last one to two minutes. Any thread.
    public int highWater() {
        return highWater.greatest();
    }

    /// How many datagrams wait. Any thread.
    public int depth() {
        return forth.size();
    }

    /// How many may wait. Any thread.
    public int capacity() {
        return forth.capacity();
    }
}
