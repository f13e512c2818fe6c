package dev.homing.kit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;

/// What is on its way between machines. It loses, duplicates, and lets flows overtake each other,
/// but keeps the order within each, as networks mostly do.
public final class Network {

    private record Path(Place from, Place to) {}

    private final SplittableRandom random;
    private final Map<Path, Queue<Flight>> flights = new HashMap<>();
    private final List<Path> busy = new ArrayList<>();
    private int lossPercent;
    private int duplicationPercent;

    Network(SplittableRandom random) {
        this.random = random;
    }

    public void setDials(int ofLossPercent, int ofDuplicationPercent) {
        lossPercent = ofLossPercent;
        duplicationPercent = ofDuplicationPercent;
    }

    public void send(Flight flight) {
        if (random.nextInt(100) < lossPercent) {
            return;
        }
        Path path = new Path(flight.from(), flight.to());
        Queue<Flight> queue = flights.computeIfAbsent(path, unseen -> new ArrayDeque<>());
        if (queue.isEmpty()) {
            busy.add(path);
        }
        queue.add(flight);
        if (random.nextInt(100) < duplicationPercent) {
            queue.add(flight);
        }
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /// All that is on one path, for the receiver to take from its head; then [#arrived].
    Queue<Flight> pick() {
        Path path = busy.get(random.nextInt(busy.size()));
        return flights.get(path);
    }

    /// To be called after something was taken from a path's head.
    void arrived() {
        busy.removeIf(path -> {
            boolean isEmpty = flights.get(path).isEmpty();
            if (isEmpty) {
                flights.remove(path);
            }
            return isEmpty;
        });
    }
}
