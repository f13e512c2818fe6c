package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        sortOptions = false,
        header = "Check a configuration and report all its problems.",
        description = {
            "",
            "Reads the configuration as 'run' does, resolves its names, and starts nothing. Each problem is one line on"
                    + " standard error: FILE:LINE:COLUMN: key: what is wrong. What to do.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing check -c homing.yaml",
            "  homing check -c homing.yaml --output json",
            "",
            "Exit codes: 0 good, 2 wrong usage, 78 bad configuration."
        })
final class CheckCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Option(
            names = "--output",
            paramLabel = "text|json",
            description = "Lines for people, or one JSON object on standard output. Default: text.")
    private Output output = Output.text;

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Outcome outcome = options.load(shell);
        if (output == Output.json) {
            shell.out().println(Json.write(values(outcome)));
        }
        return switch (outcome) {
            case Outcome.Refused refused ->
                    output == Output.json
                            ? ExitCode.BAD_CONFIGURATION
                            : options.complain(shell, refused);
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) -> {
                if (output == Output.text) {
                    warnings.forEach(shell.err()::println);
                    shell.out().println(options.name(shell) + ": good: " + summary(configuration));
                }
                yield ExitCode.OK;
            }
        };
    }

    private static String summary(Configuration configuration) {
        return Plural.of(configuration.listeners().size(), "listener")
                + ", "
                + Plural.of(configuration.pools().size(), "pool")
                + ", "
                + Plural.of(backends(configuration), "backend");
    }

    private static int backends(Configuration configuration) {
        return configuration.pools().stream().mapToInt(pool -> pool.backends().size()).sum();
    }

    private static Map<String, Object> values(Outcome outcome) {
        Map<String, Object> values = new LinkedHashMap<>();
        switch (outcome) {
            case Outcome.Refused(List<Problem> problems, List<Warning> warnings, _) -> {
                values.put("good", false);
                values.put("problems", problems.stream().map(ProblemValues::of).toList());
                values.put("warnings", warnings.stream().map(ProblemValues::of).toList());
            }
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) -> {
                values.put("good", true);
                values.put("problems", List.of());
                values.put("warnings", warnings.stream().map(ProblemValues::of).toList());
                values.put("listeners", configuration.listeners().size());
                values.put("pools", configuration.pools().size());
                values.put("backends", backends(configuration));
            }
        }
        return values;
    }
}
