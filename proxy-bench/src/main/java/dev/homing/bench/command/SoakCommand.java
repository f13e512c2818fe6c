package dev.homing.bench.command;

import dev.homing.bench.measure.MachineFacts;
import dev.homing.bench.soak.Soak;
import dev.homing.bench.soak.SoakOptions;
import dev.homing.bench.soak.report.Outcome;
import dev.homing.bench.soak.report.SoakMarkdown;
import dev.homing.bench.soak.report.SoakProgress;
import dev.homing.bench.soak.report.SoakText;
import dev.homing.command.ExitCode;
import dev.homing.command.HouseRules;
import dev.homing.command.Json;
import dev.homing.command.Shell;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "homing soak",
        sortOptions = false,
        header = "Let Homing run for minutes under everything that happens to it, and watch.",
        description = {
            "",
            "Real QUIC clients transfer through a Homing in a process of its own, and compare every octet, while, drawn"
                    + " from a seed: the configuration and its file of addresses are reloaded, well and badly; servers are"
                    + " drained, removed, killed (-9) and started again; a name server fails; Homing is stopped, and killed"
                    + " (-9); clients change address; strangers flood.",
            "",
            "Checked are connections, octets, the books, drop reasons, memory, open files and the log. What must not be is a"
                    + " violation, with its time and evidence. Everything is on the loopback interface, takes about one"
                    + " CPU, and leaves nothing behind but logs after a violation.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing soak --minutes 10",
            "  homing soak --minutes 10 --seed 42 --markdown docs/SOAK.md",
            "  homing soak --minutes 60 --stop-at-first",
            "  homing soak --minutes 2 --output json",
            "",
            "Exit codes: 0 no violation, 1 violations (or the machine does not allow it), 2 wrong usage."
        })
final class SoakCommand implements Callable<Integer> {

    static final String NAME = "soak";

    private static final double MINUTES_MIN = 0.05;
    private static final double MINUTES_MAX = 100_000;
    private static final double MILLIS_A_MINUTE = 60_000;

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "How long things happen; start and end take half a minute more. Default: 10.")
    private double minutes = 10;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "The same seed gives the same events in the same order. Default: another one each time; it is printed.")
    private @Nullable Long seed;

    @Option(names = "--stop-at-first", description = "End after the first violation.")
    private boolean stopsAtFirst;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "What goes to standard output. Default: text.")
    private ReportOptions.Output output = ReportOptions.Output.text;

    @Option(
            names = "--markdown",
            paramLabel = "FILE.md",
            description =
                    "Write the record into this file too, between its two marks (docs/SOAK.md has them).")
    private @Nullable Path markdown;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Where configuration and logs go. Default: a new one of the system's temporary folder, removed after"
                            + " a run without violations.")
    private @Nullable Path folder;

    private SoakCommand(Shell shell) {
        this.shell = shell;
    }

    static int enter(Shell shell, String... arguments) {
        CommandLine line =
                new CommandLine(new SoakCommand(shell)).setCaseInsensitiveEnumValuesAllowed(true);
        return new HouseRules(shell, "homing soak", BrokenMachine.class::isInstance)
                .rule(line)
                .execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(minutes >= MINUTES_MIN && minutes <= MINUTES_MAX)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--minutes: %s to %.0f".formatted(MINUTES_MIN, MINUTES_MAX));
        }
        long from = seed == null ? new SplittableRandom().nextInt(Integer.MAX_VALUE) : seed;
        Path place =
                folder == null
                        ? Files.createTempDirectory("homing-soak-")
                        : Files.createDirectories(folder);
        SoakOptions options =
                SoakOptions.of(Duration.ofMillis((long) (minutes * MILLIS_A_MINUTE)), from, place)
                        .stoppingAtFirst(stopsAtFirst);
        String command = "./homing soak --minutes %s --seed %d".formatted(typed(minutes), from);
        shell.err().println(command + ", logs in " + place);
        Outcome outcome;
        try (SoakProgress progress =
                        new SoakProgress(shell.err(), shell.isErrTerminal(), options.length());
                Soak soak = new Soak(options, progress)) {
            outcome = soak.run();
        }
        deliver(command, outcome);
        if (outcome.isClean() && folder == null) {
            remove(place);
        }
        return outcome.isClean() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String typed(double number) {
        return number == Math.rint(number)
                ? Long.toString(Math.round(number))
                : Double.toString(number);
    }

    private void deliver(String command, Outcome outcome) throws IOException {
        Map<String, Object> facts = MachineFacts.now();
        if (output == ReportOptions.Output.json) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("command", command);
            values.put("facts", facts);
            values.putAll(outcome.values());
            shell.out().println(Json.write(values));
        } else {
            shell.out().print(SoakText.print(outcome));
        }
        shell.out().flush();
        if (markdown != null) {
            SoakMarkdown.writeInto(markdown, command, facts, outcome);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
