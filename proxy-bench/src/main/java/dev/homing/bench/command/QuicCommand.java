package dev.homing.bench.command;

import dev.homing.bench.measure.MachineFacts;
import dev.homing.bench.quic.QuicLoad;
import dev.homing.bench.quic.QuicRun;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Report;
import dev.homing.bench.report.Section;
import dev.homing.bench.subject.Direct;
import dev.homing.bench.subject.Subject;
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
        name = "quic",
        sortOptions = false,
        header = "Let real QUIC clients and servers talk through subjects, and measure.",
        description = {
            "",
            "Loads: handshakes (new connections with one small request each), down (bulk, server to client), echo (bulk,"
                    + " both ways), moving (clients whose address changes in mid-transfer, two servers).",
            "",
            "Clients and servers are Netty's (quiche); they compare every octet. Without a subject, they talk directly: that"
                    + " is the first line of each table.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing bench quic",
            "  homing bench quic --load handshakes --at-once 64 --connections 5000",
            "  homing bench quic --load handshakes --rate 500",
            "  homing bench quic --load down,echo --megabytes 100 --subjects homing-rtc,nginx",
            "",
            "Exit codes: 0 measured (cleanly or not: the report says), 1 the machine does not allow it, 2 wrong usage."
        })
final class QuicCommand implements Callable<Integer> {

    private static final int MEGA = 1_000_000;

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private ReportOptions report = new ReportOptions();

    @Option(
            names = "--load",
            split = ",",
            paramLabel = "LOAD",
            description = "One or more, with commas. Default: all.")
    private List<QuicLoad.Kind> kinds = List.of(QuicLoad.Kind.values());

    @Option(
            names = "--subjects",
            split = ",",
            paramLabel = "NAME",
            description = "Default: homing-rtc,homing-handoff,baseline.")
    private List<String> subjects =
            List.of(Subjects.RUN_TO_COMPLETION, Subjects.HANDOFF, Subjects.BASELINE);

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "In each round. Default: 2000 handshakes, 4 for bulk, 32 that move.")
    private @Nullable Integer connections;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description =
                    "Connections at the same time, at most. Default: 32 handshakes, 8 that move."
                            + " Bulk has all of them.")
    private @Nullable Integer concurrency;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "New connections a second, whatever becomes of those before. Default: the next"
                            + " one begins when one has ended.")
    private @Nullable Double rate;

    @Option(
            names = "--megabytes",
            paramLabel = "MB",
            description = "On each connection. Default: 25 for bulk, 1 for those that move.")
    private @Nullable Integer megabytes;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "In each, every subject gets its turn. Default: 5.")
    private int rounds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "PART",
            description =
                    "How much of a round goes before the first one, as a part of it. Default: 1.")
    private double warmUp = 1;

    QuicCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        List<QuicLoad> loads = kinds.stream().map(this::load).toList();
        for (String name : subjects) {
            check(
                    Subjects.NAMES.contains(name),
                    "no subject '" + name + "'. There are: " + String.join(", ", Subjects.NAMES));
        }
        check(rounds >= 1 && rounds <= 1000, "--rounds: 1 to 1000");
        check(warmUp >= 0 && warmUp <= 100, "--warm-up: 0 to 100");
        report.check();
        List<Subject> contenders = new ArrayList<>(List.of(new Direct()));
        contenders.addAll(Subjects.prepare().named(subjects));
        List<Section> sections;
        try (ProgressLine progress = new ProgressLine(shell.err(), shell.isErrTerminal())) {
            sections = new QuicRun(loads, contenders, rounds, warmUp).run(progress);
        }
        report.deliver(
                new Report(typed(), MachineFacts.now(), List.of(), sections, List.of()), shell);
        return ExitCode.OK;
    }

    private String typed() {
        List<String> arguments =
                Objects.requireNonNull(spec).commandLine().getParseResult().originalArgs();
        return "./homing bench quic "
                + String.join(
                        " ", arguments.subList(Math.min(1, arguments.size()), arguments.size()));
    }

    private QuicLoad load(QuicLoad.Kind kind) {
        QuicLoad load = QuicLoad.standard(kind);
        check(
                connections == null || connections >= 1 && connections <= MEGA,
                "--connections: 1 to 1000000");
        check(
                concurrency == null || concurrency >= 1 && concurrency <= 1000,
                "--at-once: 1 to 1000");
        check(rate == null || rate >= 1 && rate <= MEGA, "--rate: 1 to 1000000");
        check(
                megabytes == null || megabytes >= 1 && megabytes <= 10_000,
                "--megabytes: 1 to 10000");
        boolean isBulk = kind == QuicLoad.Kind.DOWN || kind == QuicLoad.Kind.ECHO;
        int count = connections == null ? load.connections() : connections;
        return new QuicLoad(
                kind,
                count,
                isBulk ? count : concurrency == null ? load.concurrency() : concurrency,
                megabytes == null || kind == QuicLoad.Kind.HANDSHAKES
                        ? load.bytes()
                        : (long) megabytes * MEGA,
                rate == null || isBulk ? 0 : rate);
    }

    private void check(boolean isRight, String complaint) {
        if (!isRight) {
            throw new ParameterException(Objects.requireNonNull(spec).commandLine(), complaint);
        }
    }
}
