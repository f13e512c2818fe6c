package dev.homing.bench.command;

import dev.homing.bench.compare.Standard;
import dev.homing.bench.report.ProgressLine;
import dev.homing.bench.report.Report;
import dev.homing.command.ExitCode;
import dev.homing.command.Shell;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "homing bench",
        sortOptions = false,
        header = "Measure Homing on this machine, beside what it is to be compared with.",
        description = {
            "",
            "Without a command: the standard comparison, each figure with its target; about half an hour, on a"
                    + " machine that does nothing else. Everything is on the loopback interface and leaves nothing behind but"
                    + " the report.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing bench",
            "  homing bench --quick",
            "  homing bench --markdown docs/BENCHMARKS.md",
            "  homing bench load --shape trains --subjects homing-rtc,c-train,nginx",
            "  homing bench quic --load handshakes",
            "  homing bench micro RoutingBenchmark",
            "",
            "Exit codes: 0 measured (cleanly or not, targets met or not: the report says), 1 the machine does not allow"
                    + " it, 2 wrong usage."
        })
final class BenchCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private ReportOptions report = new ReportOptions();

    @Option(
            names = "--quick",
            description =
                    "Few short rounds, in about two minutes: to see that all works, not to compare.")
    private boolean isQuick;

    BenchCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        report.check();
        Report found;
        try (ProgressLine progress = new ProgressLine(shell.err(), shell.isErrTerminal())) {
            found =
                    new Standard(isQuick)
                            .run("./homing bench" + (isQuick ? " --quick" : ""), progress);
        }
        report.deliver(found, shell);
        return ExitCode.OK;
    }
}
