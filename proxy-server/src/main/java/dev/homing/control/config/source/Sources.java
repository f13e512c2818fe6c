package dev.homing.control.config.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a configuration is made from, lowest first: what stands later hides what stands before.
///
/// @param file as given with `-c`; without it the variable `HOMING_CONFIG` may name one
/// @param environment all variables; those that begin with `HOMING_` are read
/// @param listen addresses that replace the listeners
/// @param backends `[NAME=]ADDRESS[,KEY=VALUE]…` that replace the backends of the pool `default`
/// @param options values of options of their own, such as `--admin`
/// @param sets `KEY=VALUE`, applied in order and last, so that they can refine all others
public record Sources(
        Optional<String> file,
        Map<String, String> environment,
        List<String> listen,
        List<String> backends,
        List<NamedOption> options,
        List<String> sets) {

    /// @param option as given: `--admin`
    /// @param key the dotted key that it sets
    public record NamedOption(String option, String key, String value) {}

    public Sources {
        environment = Map.copyOf(environment);
        listen = List.copyOf(listen);
        backends = List.copyOf(backends);
        options = List.copyOf(options);
        sets = List.copyOf(sets);
    }

    public static Sources of(String file, Map<String, String> environment) {
        return new Sources(
                Optional.of(file), environment, List.of(), List.of(), List.of(), List.of());
    }
}
