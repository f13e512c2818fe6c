package dev.homing.command;

import dev.homing.observe.samples.Scraper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "activate",
        sortOptions = false,
        header = "Send new connections to a backend again.",
        description = {
            "",
            "Takes back 'homing drain'. What the configuration says of the backend holds again.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing activate web-1",
            "",
            "Exit codes: 0 done, 1 the instance cannot be asked or has no such backend, 2 wrong usage."
        })
final class ActivateCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Shell shell;

    @Parameters(paramLabel = "NAME", description = "The backend, as metrics have it.")
    private String name = "";

    @Mixin private AdminOption admin = new AdminOption();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "Text for people, or JSON. Default: text.")
    private Output output = Output.text;

    ActivateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Scraper scraper = new Scraper(admin.address(shell), PATIENCE)) {
            List<BackendAdmin.Entry> entries = new BackendAdmin(scraper).tell(name, "activate");
            if (output == Output.json) {
                shell.out()
                        .println(
                                Json.write(
                                        Map.of(
                                                "backends",
                                                entries.stream()
                                                        .map(BackendAdmin.Entry::values)
                                                        .toList())));
            } else {
                entries.forEach(entry ->
                        shell.out()
                                .println(
                                        entry.name()
                                                + " ("
                                                + entry.pool()
                                                + "): "
                                                + entry.state()));
            }
            return ExitCode.OK;
        }
    }
}
