package dev.homing.command;

import dev.homing.control.trace.TraceWish;
import dev.homing.observe.samples.Scraper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "trace",
        sortOptions = false,
        header = "Show what becomes of single datagrams in a running instance.",
        description = {
            "",
            "Asks an instance, through its admin address, to record datagrams of some connections in both directions, or"
                    + " those that it drops, and prints a line for each: when, by which thread, from where, to which"
                    + " backend, the packet's header, how it was routed, and whether it was sent, or why not.",
            "",
            "One trace runs at a time. What the instance could not record is counted, and forwarding never waits for it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing trace",
            "  homing trace --drops all --duration 1m",
            "  homing trace --drops queue_full,no_session --drop-sample 1/100",
            "  homing trace --cid 0767947d29be054a",
            "  homing trace --sample 1/100 --output json | jq 'select(.verdict == \"dropped\")'",
            "",
            "Exit codes: 0 traced, 1 no instance there, or it refused, 2 wrong usage."
        })
final class TraceCommand implements Callable<Integer> {

    /// The instance answers when all its threads have begun, which takes less than two seconds.
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /// The last line of either format.
    private static final Pattern END =
            Pattern.compile(
                    "# records (\\d+), lost (\\d+)|\\{\"trace\":\\{\"records\":(\\d+),\"lost\":(\\d+)}}");

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private TraceOptions options = new TraceOptions();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description =
                    "Lines for people, or a JSON object a line. Default: text on a terminal, else json.")
    private @Nullable Output output;

    TraceCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TraceWish wish = options.wish(Objects.requireNonNull(spec).commandLine());
        Output format = output != null ? output : shell.isOutTerminal() ? Output.text : Output.json;
        try (Scraper instance = new Scraper(options.admin, TIMEOUT);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        instance.stream(options.path(format.name())),
                                        StandardCharsets.UTF_8));
                TraceProgress progress =
                        new TraceProgress(shell, wish.duration(), "datagrams and trains");
                Ending ending = new Ending(instance::close)) {
            return print(lines, progress, ending);
        }
    }

    private int print(BufferedReader lines, TraceProgress progress, Ending ending)
            throws IOException {
        try {
            String line;
            while ((line = lines.readLine()) != null) {
                Matcher end = END.matcher(line);
                if (end.matches()) {
                    boolean isText = end.group(1) != null;
                    summarise(progress, end.group(isText ? 1 : 3), end.group(isText ? 2 : 4));
                    return ExitCode.OK;
                }
                progress.add();
                String shown = line;
                progress.beside(() -> shell.out().println(shown));
                if (shell.out().checkError()) {
                    return ExitCode.OK; // whoever reads has enough
                }
            }
        } catch (IOException e) {
            if (!ending.isAsked()) {
                throw broken(e);
            }
        }
        if (ending.isAsked()) {
            progress.beside(() ->
                    shell.err()
                            .println(
                                    "ended before its time, after "
                                            + progress.count()
                                            + " records"));
            return ExitCode.OK;
        }
        throw broken(null);
    }

    private void summarise(TraceProgress progress, String records, String lost) {
        progress.beside(() -> {
            shell.err().println("%s recorded, %s lost".formatted(records, lost));
            if (records.equals("0")) {
                shell.err().println(TraceOptions.NOTHING_FOUND);
            }
        });
    }

    private static IOException broken(@Nullable IOException cause) {
        return new IOException(
                "the trace ended before its time: the instance has stopped, or the connection to it broke.",
                cause);
    }
}
