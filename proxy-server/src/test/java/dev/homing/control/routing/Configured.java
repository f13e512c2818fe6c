package dev.homing.control.routing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Configurations of one pool, as somebody would write them.
final class Configured {

    private Configured() {}

    /// @param backends as for `--backend`
    static Configuration backends(String... backends) {
        return backends(List.of(), backends);
    }

    /// @param sets as for `--set`
    static Configuration backends(List<String> sets, String... backends) {
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:4433"),
                        List.of(backends),
                        List.of(),
                        sets);
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused -> throw new AssertionError(refused.problems());
        };
    }
}
