package dev.homing.bench.compare;

import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where subjects are put to the test: the stations, and those subjects that run at the moment.
///
/// Stations in the shared place live as long as this object, so that their code is compiled once.
/// One thread.
public final class Bench implements AutoCloseable {

    private final ProgressLine progress;
    private @Nullable Stations shared;

    public Bench(ProgressLine progress) {
        this.progress = progress;
    }

    ProgressLine progress() {
        return progress;
    }

    /// Starts all of them that can be.
    ///
    /// @param whyNot gets those that cannot
    List<Contender> start(Load load, List<Subject> subjects, Map<String, String> whyNot)
            throws IOException {
        if (shared == null) {
            shared = Stations.start(List.of());
        }
        shared.open(load);
        List<Contender> contenders = new ArrayList<>();
        for (Subject subject : subjects) {
            progress.step(load.name() + ": starting " + subject.name());
            try {
                Contender contender = Contender.start(subject, load, shared, contenders);
                contenders.add(contender);
            } catch (Contender.Impossible impossible) {
                whyNot.put(subject.name(), impossible.reason());
            } catch (IOException e) {
                whyNot.put(subject.name(), "did not start: " + e.getMessage());
            }
        }
        return contenders;
    }

    /// Measures all subjects with one load, in rounds that alternate between them.
    Result measure(Load load, List<Subject> subjects, Pace pace) throws IOException {
        Map<String, String> whyNot = new LinkedHashMap<>();
        List<Contender> contenders = start(load, subjects, whyNot);
        try {
            for (Contender contender : List.copyOf(contenders)) {
                progress.step(load.name() + ": warming up " + contender.name());
                attempt(contender, contenders, whyNot, () -> contender.warmUp(pace));
            }
            for (int round = 0; round < pace.rounds(); round++) {
                List<Contender> order = new ArrayList<>(contenders);
                // Each round begins with another one: who comes after whom shall not matter.
                Collections.rotate(order, -round);
                for (Contender contender : order) {
                    progress.step(
                            "%s: round %d of %d, %s"
                                    .formatted(
                                            load.name(),
                                            round + 1,
                                            pace.rounds(),
                                            contender.name()));
                    attempt(contender, contenders, whyNot, () -> contender.measure(pace.seconds()));
                }
            }
            return new Result(load, contenders.stream().map(Contender::series).toList(), whyNot);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    /// Does something with a contender, and goes on without it if it fails.
    void attempt(
            Contender contender,
            List<Contender> contenders,
            Map<String, String> whyNot,
            Step step) {
        try {
            step.run();
        } catch (IOException e) {
            whyNot.put(contender.name(), String.valueOf(e.getMessage()));
            contenders.remove(contender);
            contender.close();
        }
    }

    /// What can be done with a contender.
    @FunctionalInterface
    interface Step {
        void run() throws IOException;
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
            shared = null;
        }
    }
}
