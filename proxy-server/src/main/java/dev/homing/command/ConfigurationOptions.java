package dev.homing.command;

import dev.homing.control.config.Outcome;
import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Sources.NamedOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that make up a configuration, the same for every command that runs with one.
final class ConfigurationOptions {

    @Mixin FileOptions source = new FileOptions();

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
            names = "--log-format",
            paramLabel = "auto|text|json",
            description = {
                "How events are written to standard output: one line of text or one JSON object each.",
                "Default: auto, which is text on a terminal and JSON otherwise."
            })
    @Nullable String logFormat;

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
        if (logFormat != null) {
            options.add(
                    new NamedOption("--log-format", key(Schema.LOG, Schema.LOG_FORMAT), logFormat));
        }
        return source.load(shell, listen, backends, options);
    }

    private static String key(Key section, Key key) {
        return section.name() + "." + key.name();
    }

    String name(Shell shell) {
        return source.name(shell);
    }

    int complain(Shell shell, Outcome.Refused refused) {
        return source.complain(shell, refused);
    }
}
