package dev.homing.endtoend;

import dev.homing.ProxyServer;
import dev.homing.socket.ShardLoop;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/// Keeps a shard's thread from its work, as a debugger, a page fault or a paused machine would: by
/// something that does not end, or takes long, on the thread itself. Production code has no door to
/// that, so this one climbs in at a window.
final class Stall implements AutoCloseable {

    private final CountDownLatch end = new CountDownLatch(1);

    private Stall() {}

    /// Until it is closed, the first shard stands still.
    static Stall whole(Homing homing) {
        Stall stall = new Stall();
        CountDownLatch begun = new CountDownLatch(1);
        shard(homing)
                .onTick(() -> {
                    begun.countDown();
                    await(stall.end);
                });
        await(begun);
        return stall;
    }

    /// Ten times a second, the first shard stands still for a while.
    static Stall often(Homing homing, long forNs) {
        Stall stall = new Stall();
        shard(homing)
                .onTick(() -> {
                    if (stall.end.getCount() > 0) {
                        LockSupport.parkNanos(forNs);
                    }
                });
        return stall;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ShardLoop shard(Homing homing) {
        Object dataPlane = field(ProxyServer.class, "dataPlane", homing.server());
        Object shard = ((List<?>) field(dataPlane.getClass(), "shards", dataPlane)).getFirst();
        return (ShardLoop) field(shard.getClass(), "loop", shard);
    }

    private static Object field(Class<?> type, String name, Object of) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        end.countDown();
    }
}
