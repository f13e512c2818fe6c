package dev.homing.bench.compare;

import dev.homing.bench.load.Pattern;
import dev.homing.bench.measure.Spread;
import dev.homing.bench.subject.Direct;
import dev.homing.bench.subject.Running;
import dev.homing.bench.subject.Setting;
import dev.homing.bench.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A subject that runs, with what was measured of it so far.
///
/// One thread.
final class Contender implements AutoCloseable {

    /// A million first datagrams are a million new sessions: not faster than this.
    private static final double INTRODUCTION_RATE = 50_000;

    private static final double WARM_UP_AT_LEAST = 0.3;

    /// With fewer sessions, what a JVM grows by anyway would be counted as theirs.
    private static final int MEMORY_FLOWS = 50_000;

    private final Subject subject;
    private final Load load;
    private final Running running;
    private final Trial trial;

    /// What the stations cost without it, for a subject that costs nobody else anything.
    private final @Nullable Trial without;

    /// To be closed with it.
    private final List<AutoCloseable> belongings;

    private final List<Window> windows = new ArrayList<>();
    private final List<Double> cpuMicros = new ArrayList<>();
    private OptionalLong emptyMemory = OptionalLong.empty();
    private OptionalDouble memoryPerSession = OptionalDouble.empty();

    /// It cannot be measured here.
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1;

        Impossible(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private Contender(
            Subject subject,
            Load load,
            Running running,
            Trial trial,
            @Nullable Trial without,
            List<AutoCloseable> belongings) {
        this.subject = subject;
        this.load = load;
        this.running = running;
        this.trial = trial;
        this.without = without;
        this.belongings = belongings;
    }

    /// @param others that have been started before
    static Contender start(Subject subject, Load load, Stations shared, List<Contender> others)
            throws IOException, Impossible {
        Optional<String> whyNot = subject.whyNot(setting(load, shared, List.of()));
        if (whyNot.isPresent()) {
            throw new Impossible(whyNot.get());
        }
        List<AutoCloseable> belongings = new ArrayList<>();
        try {
            Stations stations = shared;
            List<String> prefix = List.of();
            Optional<Subject.Place> place = subject.openPlace();
            if (place.isPresent()) {
                belongings.add(place.get());
                prefix = place.get().prefix();
                stations = Stations.start(prefix);
                belongings.add(stations);
                stations.open(load);
            }
            Setting setting = setting(load, stations, prefix);
            Map<String, Running> theirs = new HashMap<>();
            others.forEach(other -> theirs.put(other.name(), other.running));
            Running running = subject.start(setting, theirs);
            belongings.add(running);
            boolean isInKernel = subject.isInKernel();
            Trial trial = new Trial(stations, running, load, isInKernel);
            trial.probe();
            Trial without =
                    isInKernel
                            ? new Trial(stations, new Direct().start(setting), load, true)
                            : null;
            return new Contender(subject, load, running, trial, without, belongings);
        } catch (IOException e) {
            close(belongings);
            throw e;
        }
    }

    private static Setting setting(Load load, Stations stations, List<String> prefix) {
        return new Setting(
                load.traffic(),
                stations.backendPorts(),
                stations.clientPorts().getFirst(),
                load.isReturn(),
                load.direction() == Direction.ECHO,
                prefix);
    }

    String name() {
        return subject.name();
    }

    /// Makes all sessions, and has a JVM compile what it will run.
    ///
    /// @throws IOException if it cannot be measured
    void warmUp(Pace pace) throws IOException {
        boolean countsMemory =
                load.traffic().pattern() == Pattern.ADDRESSES
                        && load.traffic().flows() >= MEMORY_FLOWS;
        if (countsMemory) {
            emptyMemory = running.memoryBytes();
        }
        trial.introduce(INTRODUCTION_RATE);
        if (emptyMemory.isPresent()) {
            long sessions = running.account().sessions();
            if (sessions < load.traffic().flows()) {
                throw new IOException(
                        "it has %d sessions of %d".formatted(sessions, load.traffic().flows()));
            }
            long more = running.memoryBytes().orElse(0) - emptyMemory.getAsLong();
            memoryPerSession = OptionalDouble.of((double) more / sessions);
        }
        double seconds =
                subject.isWarmedUp()
                        ? pace.warmUpSeconds()
                        : Math.min(pace.warmUpSeconds(), WARM_UP_AT_LEAST);
        if (seconds > 0) {
            try (Running.State _ = running.enter(true)) {
                trial.run(load.traffic().rate(), seconds);
            }
        }
    }

    void measure(double seconds) throws IOException {
        if (load.isReturn()) {
            trial.introduce(INTRODUCTION_RATE);
        }
        Window window = attempt(load.traffic().rate(), seconds);
        double micros = window.cpuMicros(trips());
        if (without != null) {
            if (load.isReturn()) {
                without.introduce(INTRODUCTION_RATE);
            }
            micros -= without.run(load.traffic().rate(), seconds).cpuMicros(trips());
        }
        windows.add(window);
        cpuMicros.add(micros);
    }

    /// Another rate than the load's, which is not among the rounds.
    Window attempt(double rate, double seconds) throws IOException {
        try (Running.State _ = running.enter(false)) {
            return trial.run(rate, seconds);
        }
    }

    Series series() {
        return new Series(
                subject.name(),
                subject.description(),
                trips(),
                windows,
                new Spread(cpuMicros),
                memoryPerSession);
    }

    private int trips() {
        return load.direction() == Direction.ECHO ? 2 : 1;
    }

    @Override
    public void close() {
        close(belongings);
    }

    /// The latest first.
    private static void close(List<AutoCloseable> belongings) {
        for (AutoCloseable belonging : belongings.reversed()) {
            try {
                belonging.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + belonging, e);
            }
        }
    }
}
