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
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "peers",
        sortOptions = false,
        header = "Measure Homing beside nginx, nftables and the C floor.",
        description = {
            "",
            "Single datagrams and trains, there and back, all subjects in one run and in alternation. What is not"
                    + " installed says so: apt-get install nginx-core libnginx-mod-stream nftables iproute2 gcc.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing bench peers",
            "  homing bench peers --quick --output json",
            "",
            "Exit codes: 0 measured (cleanly or not: the report says), 1 the machine does not allow it, 2 wrong usage."
        })
final class PeersCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private ReportOptions report = new ReportOptions();

    @Option(names = "--quick", description = "Few short rounds.")
    private boolean isQuick;

    PeersCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        report.check();
        List<Load> loads =
                List.of(
                        Shape.SINGLES.load(),
                        Shape.TRAINS.load(),
                        Shape.SINGLES.load().toward(Direction.RETURN),
                        Shape.TRAINS.load().toward(Direction.RETURN));
        List<String> subjects =
                List.of(
                        Subjects.RUN_TO_COMPLETION,
                        Subjects.HANDOFF,
                        Subjects.C_BATCH,
                        Subjects.C_TRAIN,
                        Subjects.NGINX,
                        Subjects.NFTABLES);
        LoadRun run = new LoadRun(loads, subjects, isQuick ? Pace.QUICK : Pace.FULL, false);
        Report found;
        try (ProgressLine progress = new ProgressLine(shell.err(), shell.isErrTerminal())) {
            found = run.run("./homing bench peers" + (isQuick ? " --quick" : ""), progress);
        }
        report.deliver(found, shell);
        return ExitCode.OK;
    }
}
