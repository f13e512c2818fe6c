package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Advice;
import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Losses;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Histogram;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether the queues between receivers and shards are long enough, and if not, whether longer ones
/// would help.
public final class HandoffQueues implements Check {

    static final double FULL = 0.95;
    private static final double NEARLY_FULL = 0.8;
    private static final double LONG_WAIT_SECONDS = 0.02;
    private static final double CAPACITY_MAX = 65_536;
    private static final double GROWTH = 4;

    @Override
    public List<Finding> findings(Interval interval) {
        List<Finding> findings = new ArrayList<>();
        double lost = lost(interval);
        List<Sample> full = fuller(interval.after(), FULL);
        Optional<ThreadLoad> shard =
                full.stream()
                        .map(queue -> ThreadLoad.of(interval, queue.label("shard")))
                        .filter(load -> !load.isStopped())
                        .findFirst();
        boolean isStopped = !full.isEmpty() && shard.isEmpty();
        if (lost > 0 && !isStopped) {
            findings.add(lost(interval, lost, shard, full));
        }
        List<Sample> nearlyFull = fuller(interval.after(), NEARLY_FULL);
        if (lost == 0 && !nearlyFull.isEmpty()) {
            findings.add(
                    Finding.of(
                                    InsideTrouble.QUEUE_NEARLY_FULL,
                                    nearlyFull.stream()
                                            .map(queue -> depth(interval.after(), queue))
                                            .toArray(String[]::new))
                            .with("datagrams", capacity(interval)));
        }
        Optional<Histogram> waits = interval.histogram(Series.QUEUE_WAIT);
        waits.flatMap(wait -> wait.quantile(0.99).stream().boxed().findFirst())
                .filter(wait -> wait >= LONG_WAIT_SECONDS)
                .ifPresent(wait ->
                        findings.add(
                                Finding.of(
                                        InsideTrouble.HANDOFF_SLOW,
                                        "one in a hundred datagrams waited for %s or longer"
                                                .formatted(Figures.time(wait)))));
        return findings;
    }

    /// Datagrams that found no room on their way to a shard.
    static double lost(Interval interval) {
        return Losses.dropped(interval, Side.CLIENT, DropReason.QUEUE_FULL)
                + Losses.dropped(interval, Side.CLIENT, DropReason.NO_SLOT);
    }

    private static Finding lost(
            Interval interval, double lost, Optional<ThreadLoad> shard, List<Sample> full) {
        InsideTrouble trouble = InsideTrouble.QUEUE_TOO_SHORT;
        List<String> evidence = new ArrayList<>();
        evidence.add("%s datagrams found no room".formatted(Figures.count(lost)));
        full.forEach(queue -> evidence.add(depth(interval.after(), queue)));
        if (shard.isPresent()) {
            evidence.add(shard.get().sentence());
            if (shard.get().isBusy()) {
                trouble = InsideTrouble.SHARD_TOO_SLOW;
            } else if (shard.get().isStarved()) {
                trouble = InsideTrouble.SHARD_STARVED;
            }
        }
        double sent = interval.increase(Series.SENT, "side", "backend");
        List<ThreadLoad> all = ThreadLoad.all(interval);
        double shards = all.stream().filter(load -> load.name().startsWith("shard-")).count();
        return Finding.of(trouble, evidence.toArray(new String[0]))
                .losing(lost)
                .about(shard.map(ThreadLoad::name).orElse(""))
                .with("threads", Advice.threads(Math.max(1, shards), sent, lost))
                .with("cpus", Advice.cpus(interval.after(), all.size()))
                .with("datagrams", capacity(interval));
    }

    /// Queues that were filled to a share at least, now or within the last one to two minutes. The
    /// shard keeps the mark, and so none while it stands still.
    static List<Sample> fuller(Samples samples, double share) {
        return samples.all(Series.QUEUE_DEPTH).stream()
                .map(queue -> highest(samples, queue))
                .filter(queue -> capacity(samples, queue) > 0)
                .filter(queue -> queue.value() >= share * capacity(samples, queue))
                .toList();
    }

    private static Sample highest(Samples samples, Sample queue) {
        double mark =
                samples.sum(
                        Series.QUEUE_HIGH_WATER,
                        "receiver",
                        queue.label("receiver"),
                        "shard",
                        queue.label("shard"));
        return new Sample(queue.name(), queue.labels(), Math.max(mark, queue.value()));
    }

    static String depth(Samples samples, Sample queue) {
        return "the queue from %s to %s held up to %s of %s datagrams"
                .formatted(
                        queue.label("receiver"),
                        queue.label("shard"),
                        Figures.count(queue.value()),
                        Figures.count(capacity(samples, queue)));
    }

    private static double capacity(Samples samples, Sample queue) {
        return samples.sum(
                Series.QUEUE_CAPACITY,
                "receiver",
                queue.label("receiver"),
                "shard",
                queue.label("shard"));
    }

    private static long capacity(Interval interval) {
        double now = interval.after().max(Series.QUEUE_CAPACITY).orElse(1024);
        return (long) Math.min(CAPACITY_MAX, GROWTH * now);
    }
}
