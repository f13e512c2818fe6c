package dev.homing.command;

import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.Parsed;
import dev.homing.observe.samples.Scraper;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "drain",
        sortOptions = false,
        header = "Send no new connections to a backend, and see the others end.",
        description = {
            "",
            "Connections that the backend has go on. A name that stands for several addresses means all of them. It"
                    + " stays so, whatever is reloaded, until 'homing activate', until the backend leaves the"
                    + " configuration, or until Homing restarts: for good, write state: draining.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing drain web-1",
            "  homing drain web-1 --wait --timeout 10m && ssh web-1 systemctl restart quic-server",
            "  homing drain web/10.0.0.7 --output json",
            "",
            "Exit codes: 0 drained, 1 the instance cannot be asked or has no such backend, 2 wrong usage,",
            "3 sessions are left at the end of the timeout."
        })
final class DrainCommand implements Callable<Integer> {

    /// Sessions are left.
    static final int NOT_YET = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MS = 500;
    private static final long TELL_NS = TimeUnit.SECONDS.toNanos(5);

    private final Shell shell;

    @Spec private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The backend, as metrics have it.")
    private String name = "";

    @Option(names = "--wait", description = "Until it has no session left.")
    private boolean isWaiting;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "How long to wait, such as 90s or 10m. Default: as long as it takes.")
    private @Nullable String timeout;

    @Mixin private AdminOption admin = new AdminOption();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "Text for people, or JSON at the end. Default: text.")
    private Output output = Output.text;

    DrainCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long timeoutNs = timeoutNs();
        try (Scraper scraper = new Scraper(admin.address(shell), PATIENCE)) {
            BackendAdmin backends = new BackendAdmin(scraper);
            List<BackendAdmin.Entry> entries = backends.tell(name, "drain");
            boolean isLate = false;
            if (isWaiting) {
                long startNs = System.nanoTime();
                long toldNs = startNs - TELL_NS;
                while (BackendAdmin.sessions(entries) > 0 && !isLate) {
                    if (System.nanoTime() - toldNs >= TELL_NS) {
                        toldNs = System.nanoTime();
                        shell.err().println(name + ": " + left(entries));
                    }
                    Thread.sleep(LOOK_MS);
                    entries = backends.find(name);
                    isLate = System.nanoTime() - startNs >= timeoutNs;
                }
            }
            show(entries);
            return isWaiting && BackendAdmin.sessions(entries) > 0 ? NOT_YET : ExitCode.OK;
        }
    }

    private long timeoutNs() {
        if (timeout == null) {
            return Long.MAX_VALUE;
        }
        return switch (Durations.between(Duration.ZERO, Duration.ofHours(24)).read(timeout)) {
            case Parsed.Good<Duration>(Duration time) -> time.toNanos();
            case Parsed.Bad<Duration>(String what, String remedy) ->
                    throw new ParameterException(
                            Objects.requireNonNull(spec).commandLine(),
                            "--timeout " + what + ". " + remedy);
        };
    }

    private void show(List<BackendAdmin.Entry> entries) {
        if (output == Output.json) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("sessions", BackendAdmin.sessions(entries));
            values.put("backends", entries.stream().map(BackendAdmin.Entry::values).toList());
            shell.out().println(Json.write(values));
        } else {
            shell.out().println(name + ": drained, " + left(entries));
        }
    }

    private static String left(List<BackendAdmin.Entry> entries) {
        return Plural.of(BackendAdmin.sessions(entries), "session") + " left";
    }
}
