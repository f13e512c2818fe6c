package dev.homing.bench.quic;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ObjIntConsumer;

/// Says when each of a round's connections is due, and lets no more than so many be at once.
///
/// Closed: one is due as soon as there is room. Open: one is due at its time, whatever became of
/// those before; one that finds no room is late, and its lateness counts as its own (coordinated
/// omission is not possible).
final class Turns {

    private final QuicLoad load;
    private final Semaphore room;

    Turns(QuicLoad load) {
        this.load = load;
        room = new Semaphore(load.concurrency());
    }

    /// Begins all connections, on the calling thread.
    ///
    /// @param begin told each one's number and when it was due, as of System.nanoTime
    void run(ObjIntConsumer<Long> begin) throws InterruptedException {
        long startNanos = System.nanoTime();
        for (int i = 0; i < load.connections(); i++) {
            long dueNanos = startNanos + (long) (load.rate() > 0 ? i * 1e9 / load.rate() : 0);
            if (load.rate() > 0) {
                await(dueNanos);
            }
            room.acquire();
            begin.accept(load.rate() > 0 ? dueNanos : System.nanoTime(), i);
        }
    }

    private static void await(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// One has ended. Any thread.
    void ended() {
        room.release();
    }
}
