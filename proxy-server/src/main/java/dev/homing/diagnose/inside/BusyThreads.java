package dev.homing.diagnose.inside;

import dev.homing.diagnose.finding.Check;
import dev.homing.diagnose.finding.Finding;
import dev.homing.diagnose.finding.Series;
import dev.homing.diagnose.finding.ThreadLoad;
import dev.homing.observe.path.Place;
import dev.homing.observe.samples.Interval;
import java.util.List;

/// Threads without a moment left, before they lose anything.
public final class BusyThreads implements Check {

    @Override
    public List<Finding> findings(Interval interval) {
        List<ThreadLoad> all = ThreadLoad.all(interval);
        return all.stream()
                .filter(ThreadLoad::isBusy)
                .filter(load -> !load.isStopped() && !isLosing(interval, load))
                .map(load -> saturated(load, all))
                .toList();
    }

    private static boolean isLosing(Interval interval, ThreadLoad load) {
        return interval.increase(Series.SOCKET_DROPS, "thread", load.name()) > 0
                || load.name().startsWith("shard-")
                        && HandoffQueues.lost(interval) + interval.increase(Series.PORT_DROPS) > 0;
    }

    private static Finding saturated(ThreadLoad load, List<ThreadLoad> all) {
        boolean isReceiver = load.name().startsWith("recv-");
        String prefix = isReceiver ? "recv-" : "shard-";
        long now = all.stream().filter(other -> other.name().startsWith(prefix)).count();
        return Finding.of(InsideTrouble.THREAD_SATURATED, load.sentence())
                .at(isReceiver ? Place.RECEIVER : Place.SHARD)
                .about(load.name())
                .with("key", isReceiver ? "threads.receivers" : "threads.shards")
                .with("threads", now + 1);
    }
}
