package dev.homing.diagnose.arrival;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Why listening sockets' buffers overflow: that they do says nothing yet. If the thread is busy
/// all the time, datagrams come faster than they are served and no buffer is long enough; if it has
/// time left, they come in bursts and a longer one takes them in.
public final class SocketBuffers implements Check {

    private static final double FEW = 10;

    @Override
    public List<Finding> findings(Interval interval) {
        if (!interval.after().has(Series.SOCKET_DROPS)) {
            return ofMachine(interval);
        }
        Map<ArrivalTrouble, List<ThreadLoad>> troubles = new EnumMap<>(ArrivalTrouble.class);
        for (String thread : interval.after().labels(Series.SOCKET_DROPS, "thread")) {
            ThreadLoad load = ThreadLoad.of(interval, thread);
            if (lost(interval, thread) > 0 && !load.isStopped()) {
                troubles.computeIfAbsent(trouble(load), which -> new ArrayList<>()).add(load);
            }
        }
        List<Finding> findings = new ArrayList<>();
        troubles.forEach((trouble, threads) -> findings.add(found(interval, trouble, threads)));
        ofOthers(interval, findings);
        return findings;
    }

    private static ArrivalTrouble trouble(ThreadLoad load) {
        if (load.busy().isEmpty()) {
            return ArrivalTrouble.SOCKETS_OVERFLOW;
        }
        if (load.isBusy()) {
            return ArrivalTrouble.RECEIVER_TOO_SLOW;
        }
        return load.isStarved()
                ? ArrivalTrouble.RECEIVER_STARVED
                : ArrivalTrouble.RECEIVE_BUFFER_TOO_SMALL;
    }

    private static Finding found(
            Interval interval, ArrivalTrouble trouble, List<ThreadLoad> threads) {
        double lost = 0;
        double worst = 0;
        double received = 0;
        List<String> evidence = new ArrayList<>();
        for (ThreadLoad load : threads) {
            double ofThread = lost(interval, load.name());
            lost += ofThread;
            worst = Math.max(worst, ofThread);
            received += load.received() * interval.seconds();
            evidence.add(
                    "%s lost %s datagrams and received %s; %s"
                            .formatted(
                                    socket(interval, load),
                                    Figures.count(ofThread),
                                    Figures.count(load.received() * interval.seconds()),
                                    load.sentence()));
        }
        double limit = interval.after().max(Series.SOCKET_LIMIT).orElse(0);
        if (limit > 0) {
            evidence.add("a socket's buffer holds " + Figures.octets(limit));
        }
        List<String> all = List.copyOf(interval.after().labels(Series.SOCKET_DROPS, "thread"));
        return Finding.of(trouble, evidence.toArray(new String[0]))
                .losing(lost)
                .about(threads.size() == 1 ? threads.getFirst().name() : "")
                .with(
                        "key",
                        all.getFirst().startsWith("recv-") ? "threads.receivers" : "threads.shards")
                .with("threads", Advice.threads(all.size(), received, lost))
                .with("cpus", Advice.cpus(interval.after(), ThreadLoad.all(interval).size()))
                .with(
                        "octets",
                        Advice.buffer(
                                limit,
                                worst,
                                (received + lost) / interval.seconds(),
                                Advice.payload(interval)));
    }

    private static String socket(Interval interval, ThreadLoad load) {
        List<String> losing =
                interval.after().labels(Series.SOCKET_DROPS, "listener").stream()
                        .filter(listener ->
                                interval.increase(
                                                Series.SOCKET_DROPS,
                                                "listener",
                                                listener,
                                                "thread",
                                                load.name())
                                        > 0)
                        .toList();
        return load.name() + "'s socket at " + String.join(" and ", losing);
    }

    private static double lost(Interval interval, String thread) {
        return interval.increase(Series.SOCKET_DROPS, "thread", thread);
    }

    private static void ofOthers(Interval interval, List<Finding> findings) {
        double all = interval.increase(Series.UDP, "counter", "receive_buffer_errors");
        double others = all - Losses.ofSockets(interval);
        if (others > FEW && others > all / 2) {
            findings.add(
                    Finding.of(
                                    ArrivalTrouble.OTHER_SOCKETS_OVERFLOW,
                                    "the machine counts %s datagrams that found a full buffer, %s more than this instance's sockets"
                                            .formatted(Figures.count(all), Figures.count(others)))
                            .losing(others));
        }
    }

    /// When only the machine can be asked.
    private static List<Finding> ofMachine(Interval interval) {
        double lost = interval.increase(Series.UDP, "counter", "receive_buffer_errors");
        return lost == 0
                ? List.of()
                : List.of(
                        Finding.of(
                                        ArrivalTrouble.SOCKETS_OVERFLOW,
                                        "%s datagrams found a full buffer, %s found room"
                                                .formatted(
                                                        Figures.count(lost),
                                                        Figures.count(
                                                                interval.increase(
                                                                        Series.UDP,
                                                                        "counter",
                                                                        "in_datagrams"))))
                                .losing(lost));
    }
}
