package dev.homing.command;

import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.Kind;
import dev.homing.control.config.value.Parsed;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The value of `--interval`: how long lies between two looks at an instance.
final class LookTime {

    private static final Kind<Duration> INTERVAL =
            Durations.between(Duration.ofMillis(100), Duration.ofHours(1));

    private LookTime() {}

    /// @param spec of the command that has the option, set by picocli
    /// @throws ParameterException for what is no such time, with the remedy
    static Duration read(String interval, @Nullable CommandSpec spec) {
        return switch (INTERVAL.read(interval)) {
            case Parsed.Good<Duration>(Duration time) -> time;
            case Parsed.Bad<Duration>(String what, String remedy) ->
                    throw new ParameterException(
                            Objects.requireNonNull(spec).commandLine(),
                            "--interval " + what + ". " + remedy);
        };
    }
}
