package dev.homing.kit.world;

import dev.homing.kit.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What is on its way between machines, and when it will be there. As its [Dials] say, it delays,
/// loses, duplicates and reorders.
final class Network {

    private record Path(Place from, Place to) {}

    /// @param number tells apart what arrives in the same nanosecond: first sent, first there
    private record Arrival(long dueNs, long number, Flight flight) {}

    private final SplittableRandom random;
    private final Queue<Arrival> arrivals =
            new PriorityQueue<>(
                    Comparator.comparingLong(Arrival::dueNs).thenComparingLong(Arrival::number));
    private final Map<Path, Long> latestDueNs = new HashMap<>();
    private Dials dials = Dials.CALM;
    private long nowNs;
    private long sent;

    Network(SplittableRandom random) {
        this.random = random;
    }

    void setDials(Dials newDials) {
        dials = newDials;
    }

    void send(Flight flight) {
        if (random.nextInt(100) < dials.lossPercent()) {
            return;
        }
        schedule(flight);
        if (random.nextInt(100) < dials.duplicationPercent()) {
            schedule(flight);
        }
    }

    private void schedule(Flight flight) {
        Path path = new Path(flight.from(), flight.to());
        long dueNs = nowNs + dials.delayNs() + random.nextLong(dials.jitterNs());
        if (random.nextInt(100) >= dials.overtakingPercent()) {
            dueNs = Math.max(dueNs, latestDueNs.getOrDefault(path, Long.MIN_VALUE));
            latestDueNs.put(path, dueNs);
        }
        arrivals.add(new Arrival(dueNs, sent++, flight));
    }

    boolean isIdle() {
        return arrivals.isEmpty();
    }

    long nowNs() {
        return nowNs;
    }

    void advance(long ns) {
        nowNs += ns;
    }

    /// What arrives next; the time is then when it does. Only if not [#isIdle].
    Flight next() {
        Arrival arrival = arrivals.remove();
        nowNs = Math.max(nowNs, arrival.dueNs());
        return arrival.flight();
    }

    /// What has arrived behind the last one by the same path, and nothing of another one between.
    @Nullable Flight behind(Flight last) {
        Arrival arrival = arrivals.peek();
        return arrival != null
                        && arrival.dueNs() <= nowNs
                        && arrival.flight().from().equals(last.from())
                        && arrival.flight().to().equals(last.to())
                ? arrival.flight()
                : null;
    }
}
