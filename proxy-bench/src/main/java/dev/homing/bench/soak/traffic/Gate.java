package dev.homing.bench.soak.traffic;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets visitors act, or has them wait. Any thread.
final class Gate {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isOpen = true;
    private int inside;

    /// Waits until the gate is open; whoever enters leaves.
    void enter() throws InterruptedException {
        lock.lock();
        try {
            while (!isOpen) {
                changed.await();
            }
            inside++;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            isOpen = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets nobody in from now on, and waits until all have left; false if they do not in time.
    boolean close(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            isOpen = false;
            long left = patience.toNanos();
            while (inside > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return inside == 0;
        } finally {
            lock.unlock();
        }
    }
}
