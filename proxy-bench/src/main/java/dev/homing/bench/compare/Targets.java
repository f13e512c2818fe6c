package dev.homing.bench.compare;

import dev.homing.bench.measure.Spread;
import dev.homing.bench.report.TargetRow;
import dev.homing.bench.subject.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The figures that are to be reached, and what becomes of them in a run. The order of the rows is
/// the order of the calls.
final class Targets {

    private static final double FLOOR_RUN_TO_COMPLETION = 1.25;
    private static final double FLOOR_HANDOFF = 1.6;
    private static final double NGINX = 0.75;
    private static final double TRAIN_FLOOR = 1.5;
    private static final double TRAIN_NGINX = 0.12;
    private static final double CAPACITY_SINGLES = 1.2;
    private static final double CAPACITY_TRAINS = 8;
    private static final double FLOWS = 1.5;
    private static final double SESSION_BYTES = 256;
    private static final double WATCHED = 1.03;
    private static final double LATENCY_RUN_TO_COMPLETION = 1.2;
    private static final double LATENCY_HANDOFF = 2;

    /// What the ten ticks a second of each loop allocate shows as a hundredth of an octet; an
    /// object for each datagram would show as sixteen at least.
    private static final double ALLOCATED_BYTES = 0.05;

    private final List<TargetRow> rows = new ArrayList<>();

    List<TargetRow> rows() {
        return List.copyOf(rows);
    }

    void singles(Result result) {
        cpu(
                "singles",
                result,
                Subjects.RUN_TO_COMPLETION,
                Subjects.C_BATCH,
                FLOOR_RUN_TO_COMPLETION);
        cpu("singles", result, Subjects.HANDOFF, Subjects.C_BATCH, FLOOR_HANDOFF);
        allocated(result, Subjects.RUN_TO_COMPLETION);
        allocated(result, Subjects.HANDOFF);
    }

    void trains(Result result) {
        cpu("trains", result, Subjects.RUN_TO_COMPLETION, Subjects.C_TRAIN, TRAIN_FLOOR);
        allocated(result, Subjects.RUN_TO_COMPLETION);
    }

    void singlesBack(Result result) {
        String what = "singles, backend → client";
        cpu(what, result, Subjects.RUN_TO_COMPLETION, Subjects.C_BATCH, FLOOR_RUN_TO_COMPLETION);
        cpu(what, result, Subjects.HANDOFF, Subjects.C_BATCH, FLOOR_HANDOFF);
        allocated(result, Subjects.RUN_TO_COMPLETION);
    }

    void trainsBack(Result result) {
        String what = "trains, backend → client";
        cpu(what, result, Subjects.RUN_TO_COMPLETION, Subjects.C_TRAIN, TRAIN_FLOOR);
    }

    void besideNginx(String what, Result result, boolean isTrains) {
        cpu(
                what,
                result,
                Subjects.RUN_TO_COMPLETION,
                Subjects.NGINX,
                isTrains ? TRAIN_NGINX : NGINX);
    }

    private void cpu(String what, Result result, String mine, String other, double limit) {
        ratio(
                "CPU per datagram, %s: %s / %s".formatted(what, mine, other),
                limit,
                true,
                result.of(mine).map(Series::cpuMicros),
                result.of(other).map(Series::cpuMicros),
                List.of(result.reason(mine), result.reason(other)),
                problems(result, mine, other));
    }

    private void allocated(Result result, String subject) {
        String what =
                "bytes allocated per datagram, %s: %s".formatted(result.load().name(), subject);
        Optional<Series> series = result.of(subject);
        if (series.isEmpty()) {
            missing(what, "B", ALLOCATED_BYTES, true, List.of(result.reason(subject)));
            return;
        }
        Spread bytes = series.get().spread(window -> window.allocatedBytes(series.get().trips()));
        rows.add(TargetRow.atMost(what, "B", ALLOCATED_BYTES, bytes, List.of()));
    }

    void capacity(Capacity singles, Capacity trains) {
        capacity("singles", singles, CAPACITY_SINGLES);
        capacity("trains", trains, CAPACITY_TRAINS);
    }

    private void capacity(String what, Capacity found, double limit) {
        ratio(
                "highest rate without loss, %s: %s / %s"
                        .formatted(what, Subjects.RUN_TO_COMPLETION, Subjects.BASELINE),
                limit,
                false,
                found.of(Subjects.RUN_TO_COMPLETION),
                found.of(Subjects.BASELINE),
                List.of("one of them lost datagrams at every rate, or did not run"),
                found.problems());
    }

    void latency(Result result) {
        latency(result, Subjects.RUN_TO_COMPLETION, LATENCY_RUN_TO_COMPLETION);
        latency(result, Subjects.HANDOFF, LATENCY_HANDOFF);
    }

    private void latency(Result result, String subject, double limit) {
        ratio(
                latencyText(subject),
                limit,
                true,
                result.addedMicros(subject, 99),
                result.addedMicros(Subjects.BASELINE, 99),
                List.of(result.reason(subject), result.reason(Subjects.BASELINE)),
                problems(result, subject, Subjects.BASELINE));
    }

    private static String latencyText(String subject) {
        return "p99 added latency at half the baseline's highest rate: %s / %s"
                .formatted(subject, Subjects.BASELINE);
    }

    void noLatency(String why) {
        missing(
                latencyText(Subjects.RUN_TO_COMPLETION),
                "",
                LATENCY_RUN_TO_COMPLETION,
                true,
                List.of(why));
        missing(latencyText(Subjects.HANDOFF), "", LATENCY_HANDOFF, true, List.of(why));
    }

    /// @param count of flows in `many`
    void flows(Result few, Result many, int count) {
        String subject = Subjects.RUN_TO_COMPLETION;
        ratio(
                "CPU per datagram: %d flows / 1000 flows".formatted(count),
                FLOWS,
                true,
                many.of(subject).map(Series::cpuMicros),
                few.of(subject).map(Series::cpuMicros),
                List.of(many.reason(subject), few.reason(subject)),
                problems(many, subject, subject));
        String what = "memory per session at %d sessions".formatted(count);
        Optional<Series> series = many.of(subject);
        if (series.isPresent() && series.get().memoryPerSession().isPresent()) {
            Spread bytes = Spread.of(series.get().memoryPerSession().getAsDouble());
            rows.add(TargetRow.atMost(what, "B", SESSION_BYTES, bytes, List.of()));
        } else {
            missing(what, "B", SESSION_BYTES, true, List.of(many.reason(subject)));
        }
    }

    void watched(Result result) {
        cpu("watched", result, Subjects.WATCHED, Subjects.RUN_TO_COMPLETION, WATCHED);
    }

    private void ratio(
            String what,
            double limit,
            boolean isMost,
            Optional<Spread> mine,
            Optional<Spread> other,
            List<String> reasons,
            List<String> problems) {
        if (mine.isEmpty() || other.isEmpty()) {
            missing(what, "", limit, isMost, reasons);
            return;
        }
        Spread ratio = mine.get().dividedBy(other.get());
        rows.add(
                isMost
                        ? TargetRow.atMost(what, "", limit, ratio, problems)
                        : TargetRow.atLeast(what, "", limit, ratio, problems));
    }

    private void missing(
            String what, String unit, double limit, boolean isMost, List<String> reasons) {
        List<String> told =
                reasons.stream()
                        .filter(reason -> !reason.endsWith("not among the subjects"))
                        .toList();
        rows.add(
                new TargetRow(
                        what,
                        unit,
                        limit,
                        isMost,
                        Optional.empty(),
                        told.isEmpty() ? reasons : told));
    }

    private static List<String> problems(Result result, String mine, String other) {
        List<String> problems = new ArrayList<>();
        result.of(mine).ifPresent(series -> problems.addAll(series.problems()));
        if (!mine.equals(other)) {
            result.of(other).ifPresent(series -> problems.addAll(series.problems()));
        }
        problems.addAll(result.machineProblems());
        return problems;
    }
}
