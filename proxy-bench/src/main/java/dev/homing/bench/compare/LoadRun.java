package dev.homing.bench.compare;

import dev.homing.bench.measure.MachineFacts;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Report;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Direct;
import dev.homing.bench.subject.Subject;
import dev.homing.bench.subject.Subjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Loads and subjects as somebody has chosen them.
///
/// @param findsHighest whether the highest rate without loss is looked for as well
public record LoadRun(List<Load> loads, List<String> subjects, Pace pace, boolean findsHighest) {

    /// One repetition takes as long as several rounds.
    private static final double TRIAL_SECONDS_MOST = 1;

    private static final int REPETITIONS_MOST = 2;

    public LoadRun {
        loads = List.copyOf(loads);
        subjects = List.copyOf(subjects);
    }

    /// @param command as it was typed
    public Report run(String command, ProgressLine progress) throws IOException {
        List<Subject> contenders = new ArrayList<>();
        contenders.add(new Direct());
        contenders.addAll(Subjects.prepare().named(subjects));
        List<Section> sections = new ArrayList<>();
        try (Bench bench = new Bench(progress)) {
            for (Load load : loads) {
                sections.add(ResultSection.of(bench.measure(load, contenders, pace)));
                if (findsHighest) {
                    sections.add(Capacity.search(bench, load, contenders, searchPace()).section());
                }
            }
        }
        return new Report(command, MachineFacts.now(), List.of(), sections, List.of());
    }

    private Pace searchPace() {
        return new Pace(
                Math.min(pace.rounds(), REPETITIONS_MOST),
                Math.min(pace.seconds(), TRIAL_SECONDS_MOST),
                pace.warmUpSeconds());
    }
}
