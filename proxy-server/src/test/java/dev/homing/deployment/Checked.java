package dev.homing.deployment;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A configuration that `homing check` finds nothing wrong with.
final class Checked {

    private Checked() {}

    static Configuration configuration(Path folder, String yaml, Map<String, String> environment)
            throws IOException {
        Path file = Files.writeString(folder.resolve("homing.yaml"), yaml);
        Sources sources =
                new Sources(
                        Optional.of(file.toString()),
                        environment,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted(Configuration configuration, var warnings, _, _) -> {
                if (!warnings.isEmpty()) {
                    throw new AssertionError(warnings);
                }
                yield configuration;
            }
            case Outcome.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
