package dev.homing.command;

import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.source.Sources.NamedOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options that make up a configuration, the same for every command that needs one.
final class ConfigurationOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration, in YAML. Default: the file named in HOMING_CONFIG, if any.")
    @Nullable String file;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = {
                "Receive here, instead of at the listeners of the file. Can be repeated.",
                "Such as :4433 (all addresses), 127.0.0.1:4433, [::1]:4433, :4433-4436."
            })
    List<String> listen = new ArrayList<>();

    @Option(
            names = "--backend",
            paramLabel = "[NAME=]ADDRESS[,weight=N]",
            description = {
                "Forward to this server, instead of to the backends of the pool 'default' in the file."
                        + " Can be repeated."
            })
    List<String> backends = new ArrayList<>();

    @Option(
            names = "--admin",
            paramLabel = "ADDRESS|off",
            description = "Serve metrics and health here. Default: 127.0.0.1:9090.")
    @Nullable String admin;

    @Option(
            names = "--drain-timeout",
            paramLabel = "DURATION",
            description = "How long to go on after SIGTERM while sessions remain. Default: 30s.")
    @Nullable String drainTimeout;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "Set any key of the configuration, such as threads.shards=2. Can be repeated.",
                "'homing print-config' shows the keys. Each is also an environment variable:"
                        + " HOMING_THREADS_SHARDS=2."
            })
    List<String> sets = new ArrayList<>();

    /// Names of hosts that take long are reported on standard error.
    Outcome load(Shell shell) {
        List<NamedOption> options = new ArrayList<>();
        if (admin != null) {
            options.add(new NamedOption("--admin", key(Schema.ADMIN, Schema.ADMIN_ADDRESS), admin));
        }
        if (drainTimeout != null) {
            options.add(
                    new NamedOption(
                            "--drain-timeout",
                            key(Schema.STOP, Schema.DRAIN_TIMEOUT),
                            drainTimeout));
        }
        return new ConfigurationLoader(shell.network().apply(shell.err()::println))
                .load(
                        new Sources(
                                Optional.ofNullable(file),
                                shell.environment(),
                                listen,
                                backends,
                                options,
                                sets));
    }

    private static String key(Key section, Key key) {
        return section.name() + "." + key.name();
    }

    /// What the configuration is called in sentences about it.
    String name(Shell shell) {
        return file != null
                ? file
                : shell.environment().getOrDefault("HOMING_CONFIG", "configuration");
    }

    /// Prints all that is wrong, one line each, and returns the exit code.
    static int complain(Shell shell, Outcome.Refused refused, String name) {
        refused.warnings().forEach(shell.err()::println);
        refused.problems().forEach(shell.err()::println);
        shell.err().println(name + ": " + Plural.of(refused.problems().size(), "problem"));
        return ExitCode.BAD_CONFIGURATION;
    }
}
