package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationText;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Warning;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "print-config",
        sortOptions = false,
        header = "Print the configuration that holds in the end.",
        description = {
            "",
            "Puts file, environment and options together, fills in the defaults and resolves the names, as 'run' does, and"
                    + " prints the result. It can be read back with -c. A secret shows as a mask.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing print-config --listen :4433 --backend 10.0.0.1:4433 > homing.yaml",
            "  homing print-config -c homing.yaml --output json",
            "",
            "Exit codes: 0 printed, 2 wrong usage, 78 bad configuration."
        })
final class PrintConfigCommand implements Callable<Integer> {

    enum Output {
        yaml,
        json
    }

    private final Shell shell;

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    @Option(names = "--output", paramLabel = "yaml|json", description = "Default: yaml.")
    private Output output = Output.yaml;

    PrintConfigCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return switch (options.load(shell)) {
            case Outcome.Refused refused -> options.complain(shell, refused);
            case Outcome.Accepted(Configuration configuration, List<Warning> warnings, _, _) -> {
                warnings.forEach(shell.err()::println);
                shell.out()
                        .print(
                                output == Output.json
                                        ? Json.write(ConfigurationText.values(configuration)) + "\n"
                                        : threads(configuration) + configuration.toYaml());
                yield ExitCode.OK;
            }
        };
    }

    /// What `auto` comes to here, as a comment: the file may be used on another machine.
    private static String threads(Configuration configuration) {
        Configuration.Threads threads = configuration.threads();
        if (threads.receivers().isPresent() && threads.shards().isPresent()) {
            return "";
        }
        int cores = Runtime.getRuntime().availableProcessors();
        return "# On the "
                + Plural.of(cores, "core")
                + " here: "
                + Plural.of(threads.receiversOn(cores), "receiver")
                + ", "
                + Plural.of(threads.shardsOn(cores), "shard")
                + ".\n";
    }
}
