package dev.homing.bench.compare;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Latency;
import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Traffic;
import dev.homing.bench.load.Values;
import dev.homing.bench.measure.MachineLoad;
import dev.homing.bench.measure.ProcessTime;
import dev.homing.bench.subject.Account;
import dev.homing.bench.subject.Running;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// Sends through one subject and measures: the only place where a window is opened and closed.
///
/// ```
/// far end receives │ readings │ near end sends … the last arrives │ readings │ far end stops
///                             └──────────────── window ───────────┘
/// ```
///
/// One thread.
final class Trial {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long LONG_QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final double PROBE_RATE = 2000;
    private static final int INTRODUCTIONS = 4;

    /// What is not measured may take its time.
    private static final double PATIENT = 10;

    /// A measurement that takes longer did not keep its rate.
    private static final double OVERTIME = 0.02;

    private final Stations stations;
    private final Running subject;
    private final Load load;
    private final boolean isInKernel;

    /// Clients that the backends knew when the latest window ended.
    private long seen;

    /// Whether those that they know already stay known in the next introduction.
    private boolean isAgain;

    Trial(Stations stations, Running subject, Load load, boolean isInKernel) {
        this.stations = stations;
        this.subject = subject;
        this.load = load;
        this.isInKernel = isInKernel;
    }

    /// Sends a little until something comes through.
    ///
    /// @throws IOException if nothing does
    void probe() throws IOException {
        Traffic few = load.traffic().at(PROBE_RATE, load.traffic().burstDatagrams() / PROBE_RATE);
        long end = System.nanoTime() + PROBE_NANOS;
        while (System.nanoTime() < end) {
            if (run(few, oneWay(), PATIENT, false).arrived() > 0) {
                return;
            }
        }
        throw new IOException("nothing comes through: " + subject);
    }

    /// Forwarders without sessions are turned round for the way back: nothing goes the other way.
    private Direction oneWay() {
        return subject.returnPort() == 0 ? Direction.FORWARD : Direction.RETURN;
    }

    /// One datagram of each client, so that every session exists and backends know where to answer
    /// to. Of what has no sessions, nothing.
    ///
    /// @param rate datagrams a second
    /// @throws IOException if not all of them come through
    void introduce(double rate) throws IOException {
        if (subject.returnPort() != 0) {
            return;
        }
        Traffic once = load.traffic().once(rate);
        for (int i = 0; i < INTRODUCTIONS; i++) {
            isAgain = i > 0;
            Window window = run(once.slower(1 << i), Direction.FORWARD, PATIENT, true);
            if (seen >= (long) once.sockets() * once.addresses() || window.lost() == 0) {
                return;
            }
        }
        throw new IOException("only " + seen + " clients of " + once.flows() + " come through");
    }

    Window run(double rate, double seconds) throws IOException {
        return run(load.traffic().at(rate, seconds), load.direction(), seconds * OVERTIME, false);
    }

    private Window run(Traffic traffic, Direction direction, double patience, boolean notesPeers)
            throws IOException {
        boolean isReturn = direction == Direction.RETURN;
        boolean isEcho = direction == Direction.ECHO;
        ChildProcess near = isReturn ? stations.backends() : stations.clients();
        ChildProcess far = isReturn ? stations.clients() : stations.backends();
        int phase = stations.nextPhase();
        long planned = traffic.bursts() * traffic.burstDatagrams();
        far.ask(receive(traffic, phase, planned, isEcho, notesPeers));
        ChildProcess counting = isEcho ? near : far;
        if (isEcho) {
            near.ask(receive(traffic, phase, planned, false, false));
        }
        // Answering costs the subject time as well, so its clock is read after that, and before it
        // answers again.
        Account accountBefore = subject.account();
        long dropsBefore = subject.socketDrops();
        ProcessTime subjectBefore = subject.time();
        ProcessTime clientsBefore = stations.clientTime();
        ProcessTime backendsBefore = stations.backendTime();
        MachineLoad loadBefore = MachineLoad.now();

        Map<String, Object> sent = near.ask(send(traffic, phase, patience, isReturn));
        awaitArrivals(
                counting, Values.whole(sent, "sent"), notesPeers ? LONG_QUIET_NANOS : QUIET_NANOS);

        MachineLoad loadAfter = MachineLoad.now();
        ProcessTime subjectAfter = subject.time();
        long subjectNanos = subjectAfter.since(subjectBefore);
        long stationNanos =
                stations.clientTime().since(clientsBefore)
                        + stations.backendTime().since(backendsBefore);
        Map<String, Object> farCounts = far.ask(Map.of("do", "stop"));
        Map<String, Object> counts = isEcho ? near.ask(Map.of("do", "stop")) : farCounts;
        long endDrops =
                Values.whole(counts, "drops") + (isEcho ? Values.whole(farCounts, "drops") : 0);
        seen = Values.whole(farCounts, "seen");
        Histogram latency = Latency.read(Values.text(counts, "latency"));
        return new Window(
                planned,
                Values.whole(sent, "sent"),
                Values.whole(counts, "distinct"),
                Values.whole(counts, "duplicates"),
                Values.whole(farCounts, "wrong"),
                subject.socketDrops() - dropsBefore,
                endDrops,
                subject.account().since(accountBefore),
                isInKernel ? stationNanos : subjectNanos,
                subjectAfter.sinceByKind(subjectBefore),
                stationNanos,
                Values.real(sent, "seconds"),
                Values.whole(sent, "latest"),
                latency,
                loadAfter.othersSince(loadBefore, subjectNanos + stationNanos),
                loadAfter.stolenSince(loadBefore));
    }

    private Map<String, Object> receive(
            Traffic traffic, int phase, long expected, boolean echoes, boolean notesPeers) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("do", "receive");
        command.put("phase", phase);
        command.put("expected", expected);
        command.put("echo", echoes);
        command.put(
                "quicLb",
                traffic.pattern() == Pattern.MIGRATING && load.direction() != Direction.RETURN);
        if (notesPeers) {
            command.put("flows", traffic.sockets() * traffic.addresses());
            command.put("again", isAgain);
        }
        return command;
    }

    private Map<String, Object> send(
            Traffic traffic, int phase, double patience, boolean isReturn) {
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("do", "send");
        command.put("phase", phase);
        command.put("port", isReturn ? subject.returnPort() : subject.port());
        command.put("patience", patience);
        command.put("return", isReturn);
        command.put("traffic", traffic.asValues());
        return command;
    }

    /// Until all have arrived, or nothing has for a while.
    private static void awaitArrivals(ChildProcess counting, long sent, long quietNanos)
            throws IOException {
        long last = -1;
        long since = System.nanoTime();
        while (true) {
            long distinct = Values.whole(counting.ask(Map.of("do", "arrived")), "distinct");
            if (distinct >= sent) {
                return;
            }
            long now = System.nanoTime();
            if (distinct != last) {
                last = distinct;
                since = now;
            } else if (now - since > quietNanos) {
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
