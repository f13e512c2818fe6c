package dev.homing.control.config;

import dev.homing.control.config.source.Layers;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.source.Tree;
import java.util.function.Supplier;

/// Reads a configuration. The work has three steps: the sources become one tree, the tree becomes
/// settings, and what only shows when all is known together is checked: names of hosts, twins,
/// loops, counts.
public final class ConfigurationLoader {

    private final Supplier<Network> network;

    public ConfigurationLoader(Network network) {
        this(() -> network);
    }

    /// @param network asked for at each reading
    public ConfigurationLoader(Supplier<Network> network) {
        this.network = network;
    }

    public Outcome load(Sources sources) {
        Problems problems = new Problems();
        return Layers.read(sources, problems)
                .map(text -> read(text, problems))
                .orElseGet(() -> refused(problems));
    }

    private Outcome read(Tree text, Problems problems) {
        Reading root = Reading.root(text, problems);
        Configuration configuration =
                new ConfigurationReading(root, network.get(), problems).read();
        return problems.isEmpty()
                ? new Outcome.Accepted(
                        configuration,
                        problems.warnings(),
                        problems.files(),
                        () -> read(text, new Problems()))
                : refused(problems);
    }

    private static Outcome refused(Problems problems) {
        return new Outcome.Refused(problems.sorted(), problems.warnings(), problems.files());
    }
}
