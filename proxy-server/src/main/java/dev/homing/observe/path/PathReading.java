package dev.homing.observe.path;

import dev.homing.observe.samples.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What happened on a way in an interval, hop by hop.
public record PathReading(DatagramPath path, List<HopReading> hops) {

    public PathReading {
        hops = List.copyOf(hops);
    }

    /// Both ways.
    public static List<PathReading> of(Interval interval) {
        List<PathReading> readings = new ArrayList<>();
        for (DatagramPath path : DatagramPath.ALL) {
            double received =
                    interval.rate("homing_datagrams_received_total", "side", path.from().label());
            readings.add(
                    new PathReading(
                            path,
                            path.hops().stream()
                                    .map(hop -> HopReading.of(hop, interval, received))
                                    .toList()));
        }
        return readings;
    }

    /// Datagrams a second, of the hops where somebody counts.
    public double lost() {
        return hops.stream().mapToDouble(hop -> hop.lost().orElse(0)).sum();
    }

    /// Datagrams a second that went no further and mean nothing.
    public double usual() {
        return hops.stream().mapToDouble(HopReading::usual).sum();
    }

    /// The hop of that title; empty where this way has none.
    public Optional<HopReading> hop(String title) {
        return hops.stream()
                .filter(reading -> reading.hop().place().title().equals(title))
                .findFirst();
    }

    /// The first hop that loses, in the order of the way.
    public Optional<HopReading> firstLoss() {
        return hops.stream().filter(HopReading::isLosing).findFirst();
    }
}
