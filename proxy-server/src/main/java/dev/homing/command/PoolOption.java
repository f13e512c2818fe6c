package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.Suggestion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which pools are asked.
final class PoolOption {

    @Option(
            names = "--pool",
            paramLabel = "NAME",
            description = "Ask this pool only. Default: all pools.")
    @Nullable String name;

    /// @param line of the command, for a complaint about the name
    List<Configuration.Pool> of(Configuration configuration, CommandLine line) {
        String asked = name;
        if (asked == null) {
            return configuration.pools();
        }
        List<Configuration.Pool> found =
                configuration.pools().stream().filter(pool -> pool.name().equals(asked)).toList();
        if (found.isEmpty()) {
            List<String> names =
                    configuration.pools().stream().map(Configuration.Pool::name).toList();
            throw new ParameterException(
                    line,
                    "there is no pool '%s'. %sThe pools are %s."
                            .formatted(
                                    asked,
                                    Suggestion.didYouMean(asked, names),
                                    String.join(", ", names)));
        }
        return found;
    }
}
