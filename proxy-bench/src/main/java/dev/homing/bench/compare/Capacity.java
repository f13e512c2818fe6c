package dev.homing.bench.compare;

import dev.homing.bench.measure.RateSearch;
import dev.homing.bench.measure.Spread;
import dev.homing.bench.report.Chart;
import dev.homing.bench.report.Figures;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The highest rates without loss, found by bisection.
///
/// @param rates datagrams a second, by subject, one reading a repetition
/// @param whyNot the others, with the reason
/// @param trials all of them
record Capacity(
        Load load, Map<String, Spread> rates, Map<String, String> whyNot, List<Window> trials) {

    private static final double PRECISION = 0.03;
    private static final int CONFIRMATIONS = 2;
    private static final double SPREAD_MOST = 0.25;
    private static final double LOW = 20_000;
    private static final double HIGHEST_CALLS = 800_000;

    /// @param pace how long each trial is and how often the whole search is repeated
    static Capacity search(Bench bench, Load load, List<Subject> subjects, Pace pace)
            throws IOException {
        Map<String, String> whyNot = new LinkedHashMap<>();
        Map<String, List<Double>> readings = new LinkedHashMap<>();
        List<Window> trials = new ArrayList<>();
        List<Contender> contenders = bench.start(load, subjects, whyNot);
        try {
            for (Contender contender : List.copyOf(contenders)) {
                bench.progress().step(load.name() + ": warming up " + contender.name());
                bench.attempt(contender, contenders, whyNot, () -> contender.warmUp(pace));
            }
            for (int round = 0; round < pace.rounds(); round++) {
                for (Contender contender : List.copyOf(contenders)) {
                    List<Double> rates =
                            readings.computeIfAbsent(contender.name(), name -> new ArrayList<>());
                    bench.attempt(
                            contender,
                            contenders,
                            whyNot,
                            () ->
                                    rates.add(
                                            search(
                                                    bench,
                                                    contender,
                                                    load,
                                                    pace.seconds(),
                                                    trials)));
                }
            }
        } finally {
            contenders.forEach(Contender::close);
        }
        readings.keySet().removeAll(whyNot.keySet());
        Map<String, Spread> rates = new LinkedHashMap<>();
        readings.forEach((name, rounds) -> rates.put(name, new Spread(rounds)));
        return new Capacity(load, rates, whyNot, trials);
    }

    private static double search(
            Bench bench, Contender contender, Load load, double seconds, List<Window> trials)
            throws IOException {
        RateSearch search =
                new RateSearch(
                        rate -> {
                            bench.progress()
                                    .step(
                                            String.format(
                                                    Locale.ROOT,
                                                    "%s: highest rate without loss, %s at %,.0f/s",
                                                    load.name(),
                                                    contender.name(),
                                                    rate));
                            Window window = contender.attempt(rate, seconds);
                            trials.add(window);
                            return window.isLossFree();
                        },
                        PRECISION,
                        CONFIRMATIONS);
        int train = load.traffic().train();
        return search.highest(LOW * train, HIGHEST_CALLS * train);
    }

    /// Those with a rate; a subject that lost something at every rate has none.
    Optional<Spread> of(String subject) {
        return Optional.ofNullable(rates.get(subject)).filter(spread -> spread.median() > 0);
    }

    Section section() {
        List<List<String>> rows = new ArrayList<>();
        List<Map<String, Object>> values = new ArrayList<>();
        List<Chart.Bar> bars = new ArrayList<>();
        rates.forEach((name, rate) -> {
            rows.add(List.of(name, Figures.whole(Math.round(rate.median())), Figures.range(rate)));
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("subject", name);
            value.put("highest-loss-free-rate", rate.median());
            value.put("rounds", rate.rounds());
            value.put("traffic", load.traffic().asValues());
            values.add(value);
            bars.add(new Chart.Bar(name, rate));
        });
        whyNot.forEach((name, reason) -> {
            rows.add(List.of(name, "not measured", reason));
            values.add(Map.of("subject", name, "not-measured", reason));
        });
        return new Section(
                "Highest rate without loss, " + load.name(),
                "Datagrams a second of which not one was lost, in trials of "
                        + "equal length, by bisection; the rate that is given passed several in a row. Generator"
                        + " and far end share the processors; `direct` is what they can do themselves.",
                List.of("<subject", ">datagrams/s", "<from … to"),
                rows,
                values,
                bars.isEmpty()
                        ? List.of()
                        : List.of(new Chart("Highest rate without loss", "datagrams/s", bars)),
                problems());
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>(Doubt.ofMachine(trials));
        rates.forEach((name, rate) -> {
            if (rate.relative() > SPREAD_MOST) {
                problems.add(
                        "%s: the rate differs by %.0f %% between repetitions"
                                .formatted(name, 100 * rate.relative()));
            }
        });
        return problems;
    }
}
