package dev.homing.control.health;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.control.health.probe.ProbeResult;
import dev.homing.control.health.probe.ProbeSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches all backends of the configuration in force: each address once, however many pools list
/// it. A backend counts as up until it is found down.
///
/// ```
/// configuration ─► who is watched ─► due probes ─► ProbeSockets ─► BackendHealth ─► Verdicts
/// ICMP errors ──────────────────────► a probe at once                    ▲
/// connections without an answer ──► SilentBackends ──────────────────────┘
/// ```
///
/// An ICMP error decides nothing by itself, for anyone may forge one; it only hurries the next
/// probe, to which nobody can forge the answer.
///
/// The thread `health`, but for what is said to be for any.
public final class HealthWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("health");
    private static final String THREAD = "health";
    private static final long TICK_NS = 250_000_000;
    private static final long STOP_MS = 5_000;

    /// ICMP errors do not make a backend be asked more often than this.
    private static final long HURRY_NS = 500_000_000;

    private final Supplier<Configuration> inForce;
    private final Traffic traffic;
    private final Verdicts verdicts;
    private final ProbePace pace;
    private final ProbeSockets sockets;
    private final SilentBackends silent;
    private final Thread thread;

    /// Written by the thread, read by any.
    private final Map<InetSocketAddress, Watched> watched = new ConcurrentHashMap<>();

    private final PriorityQueue<Watched> due;
    private final Queue<Watched> turned = new ArrayDeque<>();
    private @Nullable Configuration followed;
    private volatile boolean isStopped;

    /// @param random strangers must not be able to guess it
    public static HealthWatch start(
            Supplier<Configuration> inForce,
            Traffic traffic,
            Verdicts verdicts,
            RandomGenerator random)
            throws IOException {
        long nowNs = System.nanoTime();
        HealthWatch watch =
                new HealthWatch(
                        inForce,
                        traffic,
                        verdicts,
                        new ProbePace(random),
                        ProbeSockets.open(random, nowNs),
                        nowNs);
        watch.thread.start();
        return watch;
    }

    private HealthWatch(
            Supplier<Configuration> inForce,
            Traffic traffic,
            Verdicts verdicts,
            ProbePace pace,
            ProbeSockets sockets,
            long originNs) {
        this.inForce = inForce;
        this.traffic = traffic;
        this.verdicts = verdicts;
        this.pace = pace;
        this.sockets = sockets;
        due = new PriorityQueue<>(Comparator.comparingLong(one -> one.dueNs() - originNs));
        silent = new SilentBackends(watched, this::silent);
        thread = Thread.ofPlatform().daemon().name(THREAD).unstarted(this::run);
    }

    private void run() {
        try (sockets) {
            long nextTickNs = System.nanoTime();
            while (!isStopped) {
                long nowNs = System.nanoTime();
                if (nowNs - nextTickNs >= 0) {
                    tick(nowNs);
                    nextTickNs = nowNs + TICK_NS;
                }
                sendDue(nowNs);
                tell(nowNs);
                sockets.await(nowNs, until(nextTickNs));
                sockets.giveUp(System.nanoTime());
            }
        } catch (IOException | RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("reason", e.toString())
                    .addKeyValue("remedy", "backends stay as they are judged now: restart Homing")
                    .log("health-stopped");
        }
    }

    private long until(long tickNs) {
        Watched first = due.peek();
        return first == null || sockets.isFull() || first.dueNs() - tickNs > 0
                ? tickNs
                : first.dueNs();
    }

    @SuppressWarnings("ReferenceEquality") // an equal one may have come after another
    private void tick(long nowNs) {
        Configuration configuration = inForce.get();
        if (configuration != followed) {
            follow(configuration, nowNs);
            followed = configuration;
        }
        for (Watched one : watched.values()) {
            InetSocketAddress address = one.address();
            one.sessions().note(nowNs, traffic.answered(address), traffic.unanswered(address));
            if (one.sessions().first() > 0) {
                one.health().noteAnswers();
            }
            if (one.noteIcmpErrors(traffic.icmpErrors(address))) {
                hurry(one, nowNs);
            }
            if (one.health().noteTime(nowNs)) {
                one.sessions().forget();
                turned.add(one);
            }
        }
        silent.look(configuration);
        verdicts.tick();
    }

    private void follow(Configuration configuration, long nowNs) {
        Map<InetSocketAddress, Listed> listed = Listed.of(configuration);
        for (Watched one : List.copyOf(watched.values())) {
            if (!listed.containsKey(one.address())) {
                watched.remove(one.address());
                due.remove(one);
                one.go();
            }
        }
        listed.forEach((address, as) -> {
            Watched known = watched.get(address);
            if (known == null) {
                Watched added = new Watched(as.name(), address, as.settings(), nowNs);
                added.noteIcmpErrors(traffic.icmpErrors(address));
                watched.put(address, added);
                plan(added, nowNs + pace.firstNs(as.settings()));
            } else {
                follow(known, as, nowNs);
            }
        });
        // What stood of an address is forgotten with it, and it may have come again since.
        Map<InetSocketAddress, Boolean> all = new HashMap<>();
        watched.forEach((address, one) -> all.put(address, one.health().isDown()));
        verdicts.change(all);
    }

    private void follow(Watched known, Listed as, long nowNs) {
        known.rename(as.name());
        if (known.health().settings().equals(as.settings())) {
            return;
        }
        if (known.health().take(as.settings())) {
            turned.add(known);
        }
        if (!known.isUnderWay()) {
            due.remove(known);
            plan(known, nowNs + pace.firstNs(as.settings()));
        }
    }

    private void plan(Watched one, long dueNs) {
        one.setDue(dueNs);
        if (one.health().isProbed()) {
            due.add(one);
        }
    }

    private void hurry(Watched one, long nowNs) {
        long soonestNs = Math.max(0, one.lastProbeNs() + HURRY_NS - nowNs);
        if (one.health().isProbed() && !one.isUnderWay() && one.dueNs() - nowNs > soonestNs) {
            due.remove(one);
            plan(one, nowNs + soonestNs);
        }
    }

    private void sendDue(long nowNs) {
        Watched one;
        while ((one = due.peek()) != null && one.dueNs() - nowNs <= 0 && !sockets.isFull()) {
            due.remove();
            Watched asked = one;
            asked.leave(nowNs);
            long answered = traffic.answered(asked.address());
            long deadlineNs = nowNs + asked.health().settings().timeout().toNanos();
            sockets.send(
                    asked.address(), deadlineNs, result -> ended(asked, result, answered, nowNs));
        }
    }

    private void ended(Watched one, ProbeResult result, long answeredBefore, long sentNs) {
        one.arrive();
        if (one.isGone()) {
            return;
        }
        boolean answeredMeanwhile = traffic.answered(one.address()) > answeredBefore;
        if (one.health().note(result, answeredMeanwhile)) {
            turned.add(one);
        }
        plan(one, sentNs + pace.nextNs(one.health().settings(), one.health().isPending()));
    }

    private void silent(Watched one, String seen) {
        if (one.health().noteSilent(System.nanoTime(), seen)) {
            turned.add(one);
        }
    }

    /// One table for all that turned since the last call.
    private void tell(long nowNs) {
        if (turned.isEmpty()) {
            return;
        }
        Map<InetSocketAddress, Boolean> changes = new HashMap<>();
        Watched one;
        while ((one = turned.poll()) != null) {
            boolean isDown = one.health().isDown();
            changes.put(one.address(), isDown);
            (isDown ? LOG.atWarn() : LOG.atInfo())
                    .addKeyValue("backend", one.name())
                    .addKeyValue("address", IpText.print(one.address()))
                    .addKeyValue("evidence", one.health().evidence())
                    .addKeyValue(
                            isDown ? "up_s" : "down_s",
                            TimeUnit.NANOSECONDS.toSeconds(one.turn(nowNs)))
                    .log(isDown ? "backend-down" : "backend-up");
        }
        verdicts.change(changes);
    }

    /// What is known of each backend address. Any thread.
    public List<HealthState> states() {
        return watched.values().stream()
                .map(one ->
                        new HealthState(
                                one.name(),
                                one.address(),
                                one.health().isDown(),
                                one.health().counts()))
                .toList();
    }

    @Override
    public void close() {
        isStopped = true;
        sockets.wakeUp();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
