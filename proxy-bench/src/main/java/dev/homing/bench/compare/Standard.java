package dev.homing.bench.compare;

import dev.homing.bench.measure.MachineFacts;
import dev.homing.bench.measure.Spread;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Report;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Direct;
import dev.homing.bench.subject.Subject;
import dev.homing.bench.subject.Subjects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The standard comparison: what `./homing bench` does without a command, and the target table that
/// comes of it.
public final class Standard {

    private static final int TARGET_TRAIN = 20;
    private static final double TRAINS_RATE = 200_000;

    /// What nginx's one process sustains as well.
    private static final double RATE_OF_ALL = 40_000;

    private static final int LATENCY_BURST = 8;
    private static final int MILLION = 1_000_000;
    private static final int THOUSAND = 1000;
    private static final int WATCHED_FLOWS = 20_000;
    private static final Pace WATCHED_PACE = new Pace(25, 3, 60);

    private final boolean isQuick;
    private final Pace pace;
    private final List<Section> sections = new ArrayList<>();
    private final Targets targets = new Targets();

    /// @param isQuick few short rounds, and fewer flows
    public Standard(boolean isQuick) {
        this.isQuick = isQuick;
        this.pace = isQuick ? Pace.QUICK : Pace.FULL;
    }

    public Report run(String command, ProgressLine progress) throws IOException {
        Subjects all = Subjects.prepare();
        try (Bench bench = new Bench(progress)) {
            singles(bench, all);
            trains(bench, all);
            back(bench, all);
            besideNginx(bench, all);
            Optional<Spread> halfOfBaseline = capacity(bench, all);
            latency(bench, all, halfOfBaseline);
            flows(bench, all);
            migrating(bench, all);
            watched(bench, all);
        }
        List<String> problems = new ArrayList<>();
        if (isQuick) {
            problems.add("--quick: rounds too short and too few to compare figures");
        }
        return new Report(command, MachineFacts.now(), targets.rows(), sections, problems);
    }

    private static List<Subject> named(Subjects all, String... names) {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Direct());
        subjects.addAll(all.named(List.of(names)));
        return subjects;
    }

    private Result measure(Bench bench, Load load, List<Subject> subjects) throws IOException {
        return measure(bench, load, subjects, pace);
    }

    private Result measure(Bench bench, Load load, List<Subject> subjects, Pace pace)
            throws IOException {
        Result result = bench.measure(load, subjects, pace);
        sections.add(ResultSection.of(result));
        return result;
    }

    private void singles(Bench bench, Subjects all) throws IOException {
        Result result =
                measure(
                        bench,
                        Shape.SINGLES.load(),
                        named(
                                all,
                                Subjects.RUN_TO_COMPLETION,
                                Subjects.HANDOFF,
                                Subjects.C_SINGLE,
                                Subjects.C_BATCH,
                                Subjects.BASELINE,
                                Subjects.NETTY,
                                Subjects.NGINX,
                                Subjects.NFTABLES));
        targets.singles(result);
    }

    private static Load trainsOf(int length) {
        Load trains = Shape.TRAINS.load();
        return trains.sized(trains.traffic().sizeBytes(), length, trains.traffic().flows(), 1)
                .at(TRAINS_RATE)
                .named("trains", "trains of " + length + " × 1200 B");
    }

    private void trains(Bench bench, Subjects all) throws IOException {
        Result result =
                measure(
                        bench,
                        trainsOf(TARGET_TRAIN),
                        named(
                                all,
                                Subjects.RUN_TO_COMPLETION,
                                Subjects.HANDOFF,
                                Subjects.C_TRAIN,
                                Subjects.NFTABLES));
        targets.trains(result);
    }

    private void back(Bench bench, Subjects all) throws IOException {
        Load singles =
                Shape.SINGLES
                        .load()
                        .toward(Direction.RETURN)
                        .named("singles back", "200 B, one by one, backend → client");
        targets.singlesBack(
                measure(
                        bench,
                        singles,
                        named(
                                all,
                                Subjects.RUN_TO_COMPLETION,
                                Subjects.HANDOFF,
                                Subjects.C_BATCH)));
        Load trains =
                trainsOf(TARGET_TRAIN)
                        .toward(Direction.RETURN)
                        .named("trains back", "trains of 20 × 1200 B, backend → client");
        targets.trainsBack(
                measure(bench, trains, named(all, Subjects.RUN_TO_COMPLETION, Subjects.C_TRAIN)));
    }

    /// Slower than the floor is measured at, so that nobody loses anything.
    private void besideNginx(Bench bench, Subjects all) throws IOException {
        for (Load load : List.of(Shape.SINGLES.load(), trainsOf(TARGET_TRAIN))) {
            for (Direction direction : List.of(Direction.FORWARD, Direction.RETURN)) {
                String name = direction == Direction.FORWARD ? load.name() : load.name() + " back";
                Load slower =
                        load.at(RATE_OF_ALL)
                                .toward(direction)
                                .named(name + " beside nginx", load.text());
                Result result =
                        measure(
                                bench,
                                slower,
                                named(
                                        all,
                                        Subjects.RUN_TO_COMPLETION,
                                        load.traffic().train() > 1
                                                ? Subjects.C_TRAIN
                                                : Subjects.C_BATCH,
                                        Subjects.NGINX));
                targets.besideNginx(name, result, load.traffic().train() > 1);
            }
        }
    }

    /// @return half of the baseline's highest rate without loss
    private Optional<Spread> capacity(Bench bench, Subjects all) throws IOException {
        Pace search = isQuick ? new Pace(1, 0.3, pace.warmUpSeconds()) : new Pace(3, 0.7, 4);
        List<Subject> subjects =
                isQuick
                        ? all.named(List.of(Subjects.RUN_TO_COMPLETION, Subjects.BASELINE))
                        : named(all, Subjects.RUN_TO_COMPLETION, Subjects.BASELINE);
        Capacity singles = Capacity.search(bench, Shape.SINGLES.load(), subjects, search);
        sections.add(singles.section());
        Capacity trains = Capacity.search(bench, trainsOf(TARGET_TRAIN), subjects, search);
        sections.add(trains.section());
        targets.capacity(singles, trains);
        return singles.of(Subjects.BASELINE);
    }

    private void latency(Bench bench, Subjects all, Optional<Spread> highest) throws IOException {
        if (highest.isEmpty()) {
            targets.noLatency("the baseline's highest rate is not known");
            return;
        }
        Load singles = Shape.SINGLES.load();
        Load load =
                singles.sized(
                                singles.traffic().sizeBytes(),
                                1,
                                singles.traffic().flows(),
                                LATENCY_BURST)
                        .at(highest.get().median() / 2)
                        .named("latency", "200 B at half the baseline's highest rate");
        targets.latency(
                measure(
                        bench,
                        load,
                        named(
                                all,
                                Subjects.RUN_TO_COMPLETION,
                                Subjects.HANDOFF,
                                Subjects.BASELINE)));
    }

    private void flows(Bench bench, Subjects all) throws IOException {
        int many = isQuick ? MILLION / 10 : MILLION;
        List<Subject> homing = all.named(List.of(Subjects.RUN_TO_COMPLETION));
        Load base = Shape.FLOWS.load();
        Result few =
                measure(
                        bench,
                        base.sized(base.traffic().sizeBytes(), 1, THOUSAND, base.traffic().burst())
                                .named("1 000 flows", base.text()),
                        homing);
        Result more =
                measure(
                        bench,
                        base.sized(base.traffic().sizeBytes(), 1, many, base.traffic().burst())
                                .named(many + " flows", base.text()),
                        homing);
        targets.flows(few, more, many);
    }

    private void migrating(Bench bench, Subjects all) throws IOException {
        measure(
                bench,
                Shape.MIGRATING.load(),
                all.named(List.of(Subjects.RUN_TO_COMPLETION, Subjects.HANDOFF)));
    }

    /// So many connections that one in a thousand is some; so many rounds that a small difference
    /// shows, and so long a warm-up that code which runs once a second is compiled.
    private void watched(Bench bench, Subjects all) throws IOException {
        Load flows = Shape.FLOWS.load();
        targets.watched(
                measure(
                        bench,
                        flows.sized(
                                        flows.traffic().sizeBytes(),
                                        1,
                                        WATCHED_FLOWS,
                                        flows.traffic().burst())
                                .at(Shape.SINGLES.load().traffic().rate())
                                .named("watched", "200 B, metrics scraped and connections traced"),
                        all.named(List.of(Subjects.RUN_TO_COMPLETION, Subjects.WATCHED)),
                        isQuick ? pace : WATCHED_PACE));
    }
}
