package dev.homing.bench.soak.traffic;

import dev.homing.bench.soak.plan.Event;
import dev.homing.demo.wire.Loops;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// All visitors and floods of a run. Its methods are the conductor's thread's.
public final class Crowd implements AutoCloseable {

    private static final int STAYING = 24;
    private static final int PASSING = 6;

    private static final int STAYING_TRANSFERS_MIN = 5;
    private static final int STAYING_TRANSFERS_MAX = 40;
    private static final int OCTETS_MAX = 200_000;
    private static final int PASSING_OCTETS_MAX = 20_000;
    private static final int PAUSE_MIN_MS = 50;
    private static final int PAUSE_MAX_MS = 1_200;
    private static final long RETRY_MS = 100;
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Scene scene;
    private final Random seeds;
    private final EventLoopGroup loops = Loops.open("soak-client", 1);
    private final Gate gate = new Gate();
    private final AtomicInteger moves = new AtomicInteger();
    private final List<Thread> visitors = new ArrayList<>();
    private final List<Thread> floods = new ArrayList<>();
    private volatile boolean isOver;

    public Crowd(Scene scene, long seed) {
        this.scene = scene;
        seeds = new Random(seed);
    }

    /// Lets the visitors in that are there all the time.
    public void begin() {
        for (int i = 0; i < STAYING; i++) {
            visitor("staying-" + i, random -> visitsUntilOver(random, true));
        }
        for (int i = 0; i < PASSING; i++) {
            visitor("passing-" + i, random -> visitsUntilOver(random, false));
        }
    }

    /// Of the visitors that stay, so many get another address in their next transfer.
    public void move(int count) {
        moves.set(count);
    }

    /// So many come at once, each for one short visit.
    public void burst(int count) {
        for (int i = 0; i < count; i++) {
            visitor(
                    "burst-" + i,
                    random -> {
                        while (!visit(random, 1, PASSING_OCTETS_MAX) && !isOver) {
                            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
                        }
                    });
        }
    }

    /// @param whenOver called by the flood's thread
    public void flood(Event.Flood event, Runnable whenOver) {
        Flood flood =
                switch (event.of()) {
                    case INITIALS ->
                            new Flood(scene.proxy(), event, Flood::initial, scene.tally().initials);
                    case NOISE ->
                            new Flood(scene.proxy(), event, Flood::noise, scene.tally().noise);
                };
        floods.add(
                Thread.ofPlatform()
                        .daemon()
                        .name("soak-flood")
                        .start(() -> {
                            try {
                                flood.run();
                            } finally {
                                whenOver.run();
                            }
                        }));
    }

    /// Waits for the floods to end, then has all visitors pause between two transfers; false if one
    /// does not come to an end.
    public boolean pause() throws InterruptedException {
        for (Thread flood : floods) {
            flood.join();
        }
        floods.clear();
        return gate.close(PATIENCE);
    }

    public void goOn() {
        gate.open();
    }

    /// Has everybody go; false if somebody does not.
    public boolean leave() throws InterruptedException {
        isOver = true;
        gate.open();
        floods.forEach(Thread::interrupt);
        boolean allGone = true;
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        for (Thread visitor : visitors) {
            long left = endNanos - System.nanoTime();
            allGone &= visitor.join(Duration.ofNanos(Math.max(1, left)));
        }
        return allGone;
    }

    @FunctionalInterface
    private interface Behaviour {
        void act(Random random) throws InterruptedException;
    }

    private void visitor(String name, Behaviour behaviour) {
        visitors.removeIf(visitor -> !visitor.isAlive());
        Random random = new Random(seeds.nextLong());
        visitors.add(
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> {
                            try {
                                behaviour.act(random);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }

    private void visitsUntilOver(Random random, boolean isStaying) throws InterruptedException {
        while (!isOver) {
            int transfers =
                    isStaying ? random.nextInt(STAYING_TRANSFERS_MIN, STAYING_TRANSFERS_MAX) : 1;
            visit(random, transfers, isStaying ? OCTETS_MAX : PASSING_OCTETS_MAX);
            TimeUnit.MILLISECONDS.sleep(RETRY_MS);
        }
    }

    /// False if nobody was reached.
    private boolean visit(Random random, int transfers, int octetsMax) throws InterruptedException {
        gate.enter();
        boolean isInside = true;
        try (CheckedConnection connection = CheckedConnection.open(scene, random, loops)) {
            boolean isReached = connection.begin();
            boolean goesOn = isReached;
            for (int i = 0; i < transfers && goesOn && !isOver; i++) {
                gate.leave();
                isInside = false;
                TimeUnit.MILLISECONDS.sleep(random.nextInt(PAUSE_MIN_MS, PAUSE_MAX_MS));
                gate.enter();
                isInside = true;
                boolean isStaying = transfers > 1;
                goesOn =
                        connection.transfer(
                                random.nextInt(1, octetsMax),
                                isStaying && moves.getAndUpdate(n -> Math.max(0, n - 1)) > 0);
            }
            return isReached;
        } catch (IOException e) {
            scene.violations().add(scene.now(), "the machine must have sockets", e.toString());
            return false;
        } finally {
            if (isInside) {
                gate.leave();
            }
        }
    }

    @Override
    public void close() {
        isOver = true;
        visitors.forEach(Thread::interrupt);
        floods.forEach(Thread::interrupt);
        try {
            // What visitors close needs the loops.
            for (Thread visitor : visitors) {
                visitor.join(LAST_WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Loops.close(loops);
    }
}
