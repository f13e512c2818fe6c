package dev.homing.bench.command;

import dev.homing.bench.compare.Direction;
import dev.homing.bench.compare.Load;
import dev.homing.bench.compare.LoadRun;
import dev.homing.bench.compare.Pace;
import dev.homing.bench.compare.Shape;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Report;
import dev.homing.bench.subject.Subjects;
import dev.homing.command.ExitCode;
import dev.homing.command.Shell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        sortOptions = false,
        header = "Send datagrams through subjects at a rate, and measure.",
        description = {
            "",
            "Shapes: singles (200 B), small (120 B), full (1200 B), trains (16 × 1200 B), echo (both ways),"
                    + " flows (many client addresses), migrating (clients that change address).",
            "",
            "Subjects: homing-rtc, homing-handoff, homing-watched, baseline, netty, c-single, c-batch, c-train, nginx,"
                    + " nftables. Those that are not installed say so.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing bench load --shape singles --subjects homing-rtc,c-batch --rate 100000",
            "  homing bench load --shape trains --direction return --subjects homing-rtc,c-train",
            "  homing bench load --shape flows --flows 1000000 --subjects homing-rtc",
            "  homing bench load --shape migrating --subjects homing-rtc,homing-handoff --seconds 10",
            "  homing bench load --highest-rate --subjects homing-rtc,baseline",
            "",
            "Exit codes: 0 measured (cleanly or not: the report says), 1 the machine does not allow it, 2 wrong usage."
        })
final class LoadCommand implements Callable<Integer> {

    private static final int MILLION_FLOWS = 4_000_000;

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private ReportOptions report = new ReportOptions();

    @Option(
            names = "--shape",
            split = ",",
            paramLabel = "SHAPE",
            description = "One or more, with commas. Default: singles.")
    private List<Shape> shapes = List.of(Shape.SINGLES);

    @Option(
            names = "--subjects",
            split = ",",
            paramLabel = "NAME",
            description = "Default: homing-rtc,homing-handoff,c-batch.")
    private List<String> subjects =
            List.of(Subjects.RUN_TO_COMPLETION, Subjects.HANDOFF, Subjects.C_BATCH);

    @Option(
            names = "--direction",
            paramLabel = "forward|return|echo",
            description = "From clients to backends, back, or both. Default: the shape's.")
    private @Nullable Direction direction;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Datagrams a second. Default: the shape's, 40000 to 100000.")
    private @Nullable Double rate;

    @Option(
            names = "--flows",
            paramLabel = "N",
            description = "Clients. Default: 64, or 1000 for flows; up to 4000000 there.")
    private @Nullable Integer flows;

    @Option(names = "--size", paramLabel = "BYTES", description = "Of each datagram, at least 33.")
    private @Nullable Integer size;

    @Option(names = "--train", paramLabel = "N", description = "Datagrams that leave as one train.")
    private @Nullable Integer train;

    @Option(
            names = "--burst",
            paramLabel = "N",
            description =
                    "Datagrams, or trains, that are due together, 1 to 64. Default: 32, or 1 train.")
    private @Nullable Integer burst;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each round. Default: 3.")
    private double seconds = Pace.FULL.seconds();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "In each, every subject gets its turn. Default: 5.")
    private int rounds = Pace.FULL.rounds();

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Traffic before the first round, for what runs on a JVM. Default: 15.")
    private double warmUp = Pace.FULL.warmUpSeconds();

    @Option(
            names = "--highest-rate",
            description = "Look for the highest rate without loss as well.")
    private boolean findsHighest;

    LoadCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        LoadRun run = run();
        report.check();
        Report found;
        try (ProgressLine progress = new ProgressLine(shell.err(), shell.isErrTerminal())) {
            found = run.run(typed(), progress);
        }
        report.deliver(found, shell);
        return ExitCode.OK;
    }

    private String typed() {
        List<String> arguments =
                Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs();
        return "./homing bench load "
                + String.join(
                        " ", arguments.subList(Math.min(1, arguments.size()), arguments.size()));
    }

    private LoadRun run() {
        for (String name : subjects) {
            check(
                    Subjects.NAMES.contains(name),
                    "no subject '" + name + "'. There are: " + String.join(", ", Subjects.NAMES));
        }
        check(rounds >= 1 && rounds <= 1000, "--rounds: 1 to 1000");
        check(seconds >= 0.1 && seconds <= 600, "--seconds: 0.1 to 600");
        check(warmUp >= 0 && warmUp <= 600, "--warm-up: 0 to 600");
        check(rate == null || rate >= 100 && rate <= 1e8, "--rate: 100 to 100000000");
        check(burst == null || burst >= 1 && burst <= 64, "--burst: 1 to 64");
        List<Load> loads = new ArrayList<>();
        for (Shape shape : shapes) {
            loads.add(load(shape));
        }
        return new LoadRun(loads, subjects, new Pace(rounds, seconds, warmUp), findsHighest);
    }

    private Load load(Shape shape) {
        Load load = shape.load();
        int most = shape == Shape.FLOWS ? MILLION_FLOWS : 10_000;
        check(
                flows == null || flows >= 1 && flows <= most,
                "--flows: 1 to " + most + " with the shape " + shape.label());
        int trainOf = train == null ? load.traffic().train() : train;
        int sizeOf = size == null ? load.traffic().sizeBytes() : size;
        check(trainOf >= 1 && trainOf <= 64, "--train: 1 to 64, as many segments as Linux takes");
        check(
                sizeOf >= 33 && (long) sizeOf * trainOf <= 65_000,
                "--size: 33 octets at least, and 65000 in one train at most");
        check(
                direction == null || direction == Direction.FORWARD || shape != Shape.MIGRATING,
                "--direction: clients that migrate send, so only forward");
        load =
                load.sized(
                        sizeOf,
                        trainOf,
                        flows == null ? load.traffic().flows() : flows,
                        burst == null ? load.traffic().burst() : burst);
        load = rate == null ? load : load.at(rate);
        return direction == null ? load : load.toward(direction);
    }

    private void check(boolean isRight, String complaint) {
        if (!isRight) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), complaint);
        }
    }
}
