package dev.homing.command;

import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.source.Sources.NamedOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a configuration comes from, for every command that needs one.
final class FileOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration, in YAML. Default: the file named in HOMING_CONFIG, if any.")
    @Nullable String file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Set any key of the configuration, such as threads.shards=2. Can be repeated.",
                "'homing print-config' shows the keys. Each is also an environment variable:"
                        + " HOMING_THREADS_SHARDS=2."
            })
    List<String> sets = new ArrayList<>();

    Outcome load(Shell shell) {
        return load(shell, List.of(), List.of(), List.of());
    }

    /// Names of hosts that take long are reported on standard error.
    Outcome load(
            Shell shell, List<String> listen, List<String> backends, List<NamedOption> options) {
        return new ConfigurationLoader(() -> shell.network().apply(shell.err()::println))
                .load(
                        new Sources(
                                Optional.ofNullable(file),
                                shell.environment(),
                                listen,
                                backends,
                                options,
                                sets));
    }

    /// What the configuration is called in sentences about it.
    String name(Shell shell) {
        return file != null
                ? file
                : shell.environment().getOrDefault("HOMING_CONFIG", "configuration");
    }

    /// Prints all that is wrong, one line each, and returns the exit code.
    int complain(Shell shell, Outcome.Refused refused) {
        refused.warnings().forEach(shell.err()::println);
        refused.problems().forEach(shell.err()::println);
        shell.err().println(name(shell) + ": " + Plural.of(refused.problems().size(), "problem"));
        return ExitCode.BAD_CONFIGURATION;
    }
}
