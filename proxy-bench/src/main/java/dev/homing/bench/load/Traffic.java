package dev.homing.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a station sends.
///
/// @param sizeBytes of each datagram
/// @param train datagrams that leave as one train (UDP_SEGMENT), 1 for single ones
/// @param burst trains, or single datagrams, that are due together
/// @param flows clients
/// @param rate datagrams a second
/// @param moveEvery bursts of a flow after which it has another address, for [Pattern#MIGRATING]
public record Traffic(
        int sizeBytes,
        int train,
        int burst,
        int flows,
        Pattern pattern,
        double rate,
        double seconds,
        int moveEvery) {

    private static final int ADDRESSES_A_SOCKET = 65_536;
    private static final int SOCKETS_MAX = 64;
    private static final int MAX_TRAIN_BYTES = 65_000;

    public Traffic {
        if (sizeBytes < Wire.MIN_BYTES || sizeBytes * train > MAX_TRAIN_BYTES) {
            throw new IllegalArgumentException(train + " times " + sizeBytes + " octets");
        }
    }

    /// How many sockets the clients need.
    public int sockets() {
        return switch (pattern) {
            case SOCKETS, MIGRATING -> flows;
            case ADDRESSES ->
                    Math.min(SOCKETS_MAX, (flows + ADDRESSES_A_SOCKET - 1) / ADDRESSES_A_SOCKET);
        };
    }

    /// How many flows each socket has.
    public int addresses() {
        return pattern == Pattern.ADDRESSES ? (flows + sockets() - 1) / sockets() : 1;
    }

    /// Datagrams that are due together.
    public int burstDatagrams() {
        return burst * train;
    }

    public long bursts() {
        return RateSchedule.bursts(rate, burstDatagrams(), seconds);
    }

    public Traffic at(double otherRate, double otherSeconds) {
        return new Traffic(
                sizeBytes, train, burst, flows, pattern, otherRate, otherSeconds, moveEvery);
    }

    /// As many datagrams in a longer time.
    public Traffic slower(int times) {
        return at(rate / times, seconds * times);
    }

    /// One datagram of each flow, or a few more.
    public Traffic once(double otherRate) {
        int each = addresses() == 1 ? burst : 1;
        int bursts = sockets() * ((addresses() * each + burst - 1) / burst);
        Traffic single = new Traffic(sizeBytes, 1, burst, flows, pattern, otherRate, 1, moveEvery);
        return single.at(otherRate, bursts * burst / otherRate);
    }

    /// For a station.
    public Map<String, Object> asValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("size", sizeBytes);
        values.put("train", train);
        values.put("burst", burst);
        values.put("flows", flows);
        values.put("pattern", pattern.name());
        values.put("rate", rate);
        values.put("seconds", seconds);
        values.put("moveEvery", moveEvery);
        return values;
    }

    static Traffic of(Map<String, Object> values) {
        return new Traffic(
                Values.integer(values, "size"),
                Values.integer(values, "train"),
                Values.integer(values, "burst"),
                Values.integer(values, "flows"),
                Pattern.valueOf(Values.text(values, "pattern")),
                Values.real(values, "rate"),
                Values.real(values, "seconds"),
                Values.integer(values, "moveEvery"));
    }
}
