package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Figures;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.path.Place;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Sample;
import java.util.ArrayList;
import java.util.List;

/// Threads that do nothing: what they should have taken is lost in front of them.
public final class StoppedThreads implements Check {

    @Override
    public List<Finding> findings(Interval interval) {
        return ThreadLoad.all(interval).stream()
                .filter(ThreadLoad::isStopped)
                .map(load -> stopped(interval, load))
                .toList();
    }

    private static Finding stopped(Interval interval, ThreadLoad load) {
        double atSocket = interval.increase(Series.SOCKET_DROPS, "thread", load.name());
        List<Sample> full =
                HandoffQueues.fuller(interval.after(), HandoffQueues.FULL).stream()
                        .filter(queue -> queue.label("shard").equals(load.name()))
                        .toList();
        double atQueue = full.isEmpty() ? 0 : HandoffQueues.lost(interval);
        Place place = atSocket > 0 ? Place.SOCKET : atQueue > 0 ? Place.QUEUE : Place.SHARD;
        List<String> evidence = new ArrayList<>();
        evidence.add(
                "%s went round 0 times in %s"
                        .formatted(load.name(), Figures.seconds(interval.seconds())));
        evidence.add(load.sentence());
        if (atSocket > 0) {
            evidence.add("its sockets lost %s datagrams".formatted(Figures.count(atSocket)));
        }
        if (atQueue > 0) {
            evidence.add("%s datagrams found no room in a queue".formatted(Figures.count(atQueue)));
            full.forEach(queue -> evidence.add(HandoffQueues.depth(interval.after(), queue)));
        }
        return Finding.of(InsideTrouble.THREAD_STOPPED, evidence.toArray(new String[0]))
                .at(place)
                .about(load.name())
                .losing(atSocket + atQueue)
                .with("thread", load.name());
    }
}
