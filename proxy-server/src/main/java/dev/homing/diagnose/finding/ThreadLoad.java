package dev.homing.diagnose.finding;

import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What one thread that moves datagrams had to do.
///
/// @param busy the share of the time that it ran on a CPU
/// @param waiting the share of the time that it could have run and got no CPU
/// @param turns how often it went round; 0 if it never did, empty if nobody counts
/// @param received datagrams from clients a second
/// @param isStopped whether it did nothing at all, though there was something to do
public record ThreadLoad(
        String name,
        OptionalDouble busy,
        OptionalDouble waiting,
        OptionalDouble turns,
        double received,
        boolean isStopped) {

    /// From here on a thread has hardly a moment left: what comes faster is lost, whatever the
    /// buffer.
    public static final double BUSY = 0.9;

    /// From here on it is the CPUs that are short.
    public static final double STARVED = 0.25;

    /// A shard goes round ten times a second, whatever happens: in less than this, none may be due.
    private static final double TURN_DUE_SECONDS = 0.5;

    /// All of them, by name.
    public static List<ThreadLoad> all(Interval interval) {
        List<ThreadLoad> loads = new ArrayList<>();
        for (String name : interval.after().labels(Series.THREAD_TURNS, "thread")) {
            loads.add(of(interval, name));
        }
        return loads;
    }

    /// The one of that name; without any numbers if nothing is known of it.
    public static ThreadLoad of(Interval interval, String name) {
        OptionalDouble turns = increase(interval, Series.THREAD_TURNS, name);
        boolean isDue =
                name.startsWith("shard-")
                        || isWaitingFor(interval.before(), name)
                                && isWaitingFor(interval.after(), name);
        return new ThreadLoad(
                name,
                share(interval, Series.THREAD_CPU, name),
                share(interval, Series.THREAD_RUNNABLE, name),
                turns,
                interval.rate(Series.THREAD_RECEIVED, "thread", name, "side", "client"),
                isDue
                        && interval.seconds() >= TURN_DUE_SECONDS
                        && turns.isPresent()
                        && turns.getAsDouble() == 0
                        && interval.increase(Series.THREAD_RECEIVED, "thread", name) == 0);
    }

    private static boolean isWaitingFor(Samples samples, String thread) {
        return samples.sum(Series.SOCKET_QUEUE, "thread", thread) > 0;
    }

    private static OptionalDouble share(Interval interval, String name, String thread) {
        OptionalDouble increase = increase(interval, name, thread);
        return increase.isPresent()
                ? OptionalDouble.of(increase.getAsDouble() / interval.seconds())
                : increase;
    }

    private static OptionalDouble increase(Interval interval, String name, String thread) {
        return interval.before().has(name, "thread", thread)
                        && interval.after().has(name, "thread", thread)
                ? OptionalDouble.of(interval.increase(name, "thread", thread))
                : OptionalDouble.empty();
    }

    public boolean isBusy() {
        return busy.orElse(0) >= BUSY;
    }

    public boolean isStarved() {
        return waiting.orElse(0) >= STARVED;
    }

    /// `recv-0 was busy 97 % of the time`, with what is known.
    public String sentence() {
        StringBuilder text = new StringBuilder(name);
        if (busy.isEmpty()) {
            return text.append("'s load is not known").toString();
        }
        text.append(" was busy ").append(Figures.percent(busy.getAsDouble()));
        text.append(" of the time");
        if (waiting.orElse(0) >= 0.01) {
            text.append(", and waited for a CPU ")
                    .append(Figures.percent(waiting.getAsDouble()))
                    .append(" of it");
        }
        return text.toString();
    }
}
