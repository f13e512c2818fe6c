package dev.homing.control.config;

import dev.homing.control.config.source.Layers;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Sources;
import java.util.Optional;

/// Reads a configuration. The work has three steps: the sources become one tree, the tree becomes
/// settings, and what only shows when all is known together is checked: names of hosts, twins,
/// loops, counts.
public final class ConfigurationLoader {

    private final Network network;

    public ConfigurationLoader(Network network) {
        this.network = network;
    }

    public Outcome load(Sources sources) {
        Problems problems = new Problems();
        Optional<Reading> reading = Layers.read(sources, problems);
        Optional<Configuration> configuration =
                reading.map(root -> new ConfigurationReading(root, network, problems).read());
        return configuration.isPresent() && problems.isEmpty()
                ? new Outcome.Accepted(configuration.get(), problems.warnings(), problems.files())
                : new Outcome.Refused(problems.sorted(), problems.warnings(), problems.files());
    }
}
