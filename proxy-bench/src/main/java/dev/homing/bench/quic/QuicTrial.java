package dev.homing.bench.quic;

import dev.homing.bench.measure.MachineLoad;
import dev.homing.bench.measure.ProcessTime;
import dev.homing.bench.measure.Spread;
import dev.homing.bench.subject.Account;
import dev.homing.bench.subject.Running;
import dev.homing.bench.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/// A subject between clients and servers, and what was measured of it so far.
///
/// One thread.
final class QuicTrial implements AutoCloseable {

    private final Subject subject;
    private final QuicPlaces places;
    private final Running running;
    private final List<QuicWindow> windows = new ArrayList<>();

    private QuicTrial(Subject subject, QuicPlaces places, Running running) {
        this.subject = subject;
        this.places = places;
        this.running = running;
    }

    static QuicTrial start(Subject subject, QuicPlaces places) throws IOException {
        return new QuicTrial(subject, places, subject.start(places.setting()));
    }

    String name() {
        return subject.name();
    }

    String description() {
        return subject.description();
    }

    /// Has a JVM compile what it will run.
    void warmUp(QuicLoad load) throws IOException {
        places.run(load, running.port());
    }

    void measure(QuicLoad load) throws IOException {
        MachineLoad machineBefore = MachineLoad.now();
        long stationsBefore = places.nanos();
        long dropsBefore = running.socketDrops();
        Account accountBefore = running.account();
        ProcessTime timeBefore = running.time();
        Outcome outcome = places.run(load, running.port());
        long cpuNanos = running.time().since(timeBefore);
        long stationNanos = places.nanos() - stationsBefore;
        MachineLoad machineAfter = MachineLoad.now();
        windows.add(
                new QuicWindow(
                        outcome,
                        running.account().since(accountBefore),
                        running.socketDrops() - dropsBefore,
                        cpuNanos,
                        stationNanos,
                        machineAfter.othersSince(machineBefore, cpuNanos + stationNanos),
                        machineAfter.stolenSince(machineBefore)));
    }

    List<QuicWindow> windows() {
        return List.copyOf(windows);
    }

    Spread spread(ToDoubleFunction<QuicWindow> figure) {
        return new Spread(windows.stream().map(figure::applyAsDouble).toList());
    }

    long total(ToLongFunction<QuicWindow> count) {
        return windows.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        running.close();
    }
}
