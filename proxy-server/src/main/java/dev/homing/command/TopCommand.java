package dev.homing.command;

import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.Samples;
import dev.homing.observe.samples.Scraper;
import dev.homing.observe.top.Line;
import dev.homing.observe.top.TopText;
import dev.homing.observe.top.TopValues;
import dev.homing.observe.top.reading.TopReading;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "top",
        sortOptions = false,
        header = "Show what a running instance does, again and again.",
        description = {
            "",
            "Rates in and out, the datagram's way with its losses, threads with their busy share, queues, drop reasons and"
                    + " backends, from the admin address. On a terminal each report takes the place of the one before,"
                    + " until Ctrl-C; elsewhere they follow each other. A browser shows more, at the same address.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing top",
            "  homing top --admin 10.0.0.5:9090 --interval 5s",
            "  homing top --once --output json",
            "",
            "Exit codes: 0 shown, 1 the instance cannot be asked, 2 wrong usage."
        })
final class TopCommand implements Callable<Integer> {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private AdminOption admin = new AdminOption();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Between two reports, such as 500ms or 10s. Default: 1s.")
    private String interval = "1s";

    @Option(names = "--once", description = "Print one report and exit.")
    private boolean isOnce;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "Text for people, or a line of JSON for each report. Default: text.")
    private Output output = Output.text;

    TopCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration time = LookTime.read(interval, spec);
        String address = admin.address(shell);
        boolean isScreen = output == Output.text && !isOnce && shell.isOutTerminal();
        try (Scraper scraper = new Scraper(address, TIMEOUT);
                Screen screen =
                        new Screen(
                                shell.out(), isScreen, shell.isColourful(shell.isOutTerminal()))) {
            // The first answer is the slowest: connecting, and classes that are not loaded yet.
            scraper.scrape();
            Moment before = Moment.of(scraper);
            // Ctrl-C ends the process, and must not leave the terminal on the other screen.
            Thread leaving = new Thread(screen::close, "leave-screen");
            if (isScreen) {
                Runtime.getRuntime().addShutdownHook(leaving);
            }
            boolean isEnd = false;
            while (!isEnd) {
                Thread.sleep(time);
                Moment after;
                try {
                    after = Moment.of(scraper);
                } catch (IOException e) {
                    if (!isScreen) {
                        throw e;
                    }
                    int columns = TerminalSize.now(shell.environment()).columns();
                    screen.show(
                            unreachable(address, e).stream()
                                    .map(line -> line.cut(columns))
                                    .toList());
                    continue;
                }
                // Of two processes nothing can be compared.
                Interval between = after.since(before);
                before = after;
                if (!between.isRestarted()) {
                    show(screen, TopReading.of(between), address, isScreen);
                    isEnd = isOnce;
                }
            }
        }
        return ExitCode.OK;
    }

    private void show(Screen screen, TopReading reading, String address, boolean isScreen)
            throws InterruptedException {
        if (output == Output.json) {
            shell.out().println(Json.line(TopValues.of(reading)));
            return;
        }
        TerminalSize size =
                isScreen ? TerminalSize.now(shell.environment()) : TerminalSize.UNBOUNDED;
        screen.show(TopText.lines(reading, address, size.columns(), size.rows()));
    }

    private static List<Line> unreachable(String address, IOException failure) {
        return List.of(
                new Line("homing top  " + address, Line.Tone.HEADING),
                new Line(String.valueOf(failure.getMessage()), Line.Tone.BAD),
                new Line("trying again", Line.Tone.QUIET));
    }

    /// A reading and when it was made, on the clock of [System#nanoTime()].
    private record Moment(Samples samples, long atNs) {

        static Moment of(Scraper scraper) throws IOException, InterruptedException {
            Samples samples = scraper.scrape();
            return new Moment(samples, System.nanoTime());
        }

        Interval since(Moment before) {
            return new Interval(
                    before.samples, samples, Duration.ofNanos(Math.max(1, atNs - before.atNs)));
        }
    }
}
