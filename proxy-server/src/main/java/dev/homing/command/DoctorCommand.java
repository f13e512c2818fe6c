package dev.homing.command;

import dev.homing.diagnose.Diagnosis;
import dev.homing.diagnose.Examination;
import dev.homing.observe.machine.Machine;
import dev.homing.observe.samples.Interval;
import dev.homing.observe.samples.MachineSamples;
import dev.homing.observe.samples.Samples;
import dev.homing.observe.samples.Scraper;
import java.io.IOException;
import java.time.Duration;
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
        name = "doctor",
        sortOptions = false,
        header = "Say where datagrams are lost, and why.",
        description = {
            "",
            "Reads the counters of a running instance and of its machine twice, in the order of a datagram's way, and names"
                    + " the first place that loses, what that means, and what to type. It asks the admin address and"
                    + " nothing else; it changes nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing doctor",
            "  homing doctor --admin 10.0.0.5:9090 --interval 30s",
            "  homing doctor --machine",
            "  homing doctor --output json | jq '.findings[] | select(.severity == \"error\")'",
            "",
            "Exit codes: 0 healthy, 1 findings, 2 could not look, or wrong usage."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final int FINDINGS = 1;
    private static final int COULD_NOT_LOOK = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Mixin private AdminOption admin = new AdminOption();

    @Option(names = "--machine", description = "Look at this machine alone, and at no instance.")
    private boolean isMachine;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "How long to look, such as 500ms or 1m. Default: 5s.")
    private String interval = "5s";

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "Text for people, or one JSON object on standard output. Default: text.")
    private Output output = Output.text;

    DoctorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        Duration time = LookTime.read(interval, spec);
        if (isMachine && admin.isGiven()) {
            throw refusal("--machine looks at no instance: leave out --admin");
        }
        Diagnosis diagnosis;
        try {
            diagnosis = Examination.of(isMachine ? lookAtMachine(time) : ask(time));
        } catch (IOException e) {
            shell.err().println("homing: " + e.getMessage());
            return COULD_NOT_LOOK;
        }
        if (output == Output.json) {
            shell.out().println(Json.write(DoctorValues.of(diagnosis)));
        } else {
            new DoctorText(shell.isColourful(shell.isOutTerminal()))
                    .lines(diagnosis)
                    .forEach(shell.out()::println);
        }
        return diagnosis.isHealthy() ? ExitCode.OK : FINDINGS;
    }

    private Interval lookAtMachine(Duration time) throws InterruptedException {
        // One reader for both: it knows a counter that wraps from one that begins anew.
        Machine machine = Machine.here();
        Samples before = MachineSamples.of(machine.read());
        long startNs = System.nanoTime();
        new Countdown(shell).wait("this machine", time);
        Samples after = MachineSamples.of(machine.read());
        return new Interval(before, after, Duration.ofNanos(System.nanoTime() - startNs));
    }

    private Interval ask(Duration time) throws IOException, InterruptedException {
        String address = admin.address(shell);
        try (Scraper scraper = new Scraper(address, TIMEOUT)) {
            // The first answer is the slowest: connecting, and classes that are not loaded yet.
            scraper.scrape();
            Samples before = scraper.scrape();
            long startNs = System.nanoTime();
            new Countdown(shell).wait(address, time);
            Samples after = scraper.scrape();
            return new Interval(before, after, Duration.ofNanos(System.nanoTime() - startNs));
        }
    }

    private ParameterException refusal(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }
}
