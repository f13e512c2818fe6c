package dev.homing.bench.soak.model;

import dev.homing.observe.samples.Sample;
import dev.homing.observe.samples.Samples;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an instance says of the datagrams that it got.
///
/// @param drops by reason, both sides together; those that there are none of are left out
public record DatagramCounts(
        long receivedFromClients,
        long sentToBackends,
        long droppedOfClients,
        long queued,
        long receivedFromBackends,
        long sentToClients,
        long droppedOfBackends,
        Map<String, Long> drops) {

    private static final String RECEIVED = "homing_datagrams_received_total";
    private static final String SENT = "homing_datagrams_sent_total";
    private static final String DROPPED = "homing_datagrams_dropped_total";
    private static final String SIDE = "side";
    private static final String CLIENT = "client";
    private static final String BACKEND = "backend";

    public DatagramCounts {
        drops = Map.copyOf(drops);
    }

    public static DatagramCounts of(Samples samples) {
        Map<String, Long> drops = new TreeMap<>();
        for (Sample sample : samples.all(DROPPED)) {
            if (sample.value() > 0) {
                drops.merge(sample.label("reason"), Math.round(sample.value()), Long::sum);
            }
        }
        return new DatagramCounts(
                count(samples, RECEIVED, CLIENT),
                count(samples, SENT, BACKEND),
                count(samples, DROPPED, CLIENT),
                Math.round(samples.sum("homing_handoff_queue_depth")),
                count(samples, RECEIVED, BACKEND),
                count(samples, SENT, CLIENT),
                count(samples, DROPPED, BACKEND),
                drops);
    }

    private static long count(Samples samples, String name, String side) {
        return Math.round(samples.sum(name, SIDE, side));
    }

    /// Clients' datagrams of which nobody knows what became of them.
    public long missingOfClients() {
        return receivedFromClients - sentToBackends - droppedOfClients - queued;
    }

    public long missingOfBackends() {
        return receivedFromBackends - sentToClients - droppedOfBackends;
    }

    public boolean isBalanced() {
        return missingOfClients() == 0 && missingOfBackends() == 0 && queued == 0;
    }

    /// Whether nothing has come since an earlier reading.
    public boolean isStillAs(DatagramCounts earlier) {
        return receivedFromClients == earlier.receivedFromClients
                && receivedFromBackends == earlier.receivedFromBackends;
    }

    /// Why these cannot be right while traffic flows: more is missing than there are slots, where
    /// counters are not read at the same moment.
    ///
    /// @param earlier a reading of the same life
    /// @param slots how many datagrams and trains the instance can hold
    public Optional<String> whyImpossible(DatagramCounts earlier, long slots) {
        long came =
                receivedFromClients
                        - earlier.receivedFromClients
                        + receivedFromBackends
                        - earlier.receivedFromBackends;
        long missing = Math.max(Math.abs(missingOfClients()), Math.abs(missingOfBackends()));
        return missing > slots + came
                ? Optional.of(
                        "%d missing, with %d slots and %d datagrams since the last reading: %s"
                                .formatted(missing, slots, came, this))
                : Optional.empty();
    }
}
