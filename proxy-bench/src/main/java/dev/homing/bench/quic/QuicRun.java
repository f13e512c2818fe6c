package dev.homing.bench.quic;

import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Loads, each through all subjects, in rounds that alternate between them.
///
/// @param rounds of each load
/// @param warmUp how much of a load goes through a subject before its first round, as a part of it
public record QuicRun(List<QuicLoad> loads, List<Subject> subjects, int rounds, double warmUp) {

    public QuicRun {
        loads = List.copyOf(loads);
        subjects = List.copyOf(subjects);
    }

    public List<Section> run(ProgressLine progress) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (QuicLoad load : loads) {
            progress.step("QUIC " + load.kind().label() + ": starting clients and servers");
            try (QuicPlaces places = QuicPlaces.start(load.servers())) {
                sections.add(measure(load, places, progress));
            }
        }
        return sections;
    }

    private Section measure(QuicLoad load, QuicPlaces places, ProgressLine progress)
            throws IOException {
        String name = "QUIC " + load.kind().label() + ": ";
        Map<String, String> whyNot = new LinkedHashMap<>();
        List<QuicTrial> trials = new ArrayList<>();
        try {
            for (Subject subject : subjects) {
                Optional<String> reason = subject.whyNot(places.setting());
                if (reason.isPresent()) {
                    whyNot.put(subject.name(), reason.get());
                } else {
                    progress.step(name + "warming up " + subject.name());
                    QuicTrial trial = QuicTrial.start(subject, places);
                    trials.add(trial);
                    if (warmUp > 0) {
                        trial.warmUp(load.times(warmUp));
                    }
                }
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < trials.size(); i++) {
                    // Each round begins with another one: who comes after whom shall not matter.
                    QuicTrial trial = trials.get((i + round) % trials.size());
                    progress.step(
                            name + "round %d of %d, %s".formatted(round + 1, rounds, trial.name()));
                    trial.measure(load);
                }
            }
            return new QuicSection(load, trials, whyNot).section();
        } finally {
            trials.forEach(QuicTrial::close);
        }
    }
}
