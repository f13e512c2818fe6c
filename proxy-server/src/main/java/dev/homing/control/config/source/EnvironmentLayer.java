package dev.homing.control.config.source;

import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The variables `HOMING_…`: every key in upper case, dots and dashes as underscores.
final class EnvironmentLayer {

    static final String PREFIX = "HOMING_";
    static final String FILE = "HOMING_CONFIG";

    /// They belong to the launcher and to the loader.
    private static final Set<String> NOT_KEYS =
            Set.of(FILE, "HOMING_JAVA_HOME", "HOMING_JAVA_OPTS");

    /// What Kubernetes and container links set in every container of a namespace that has a service
    /// whose name begins with `homing`: `HOMING_SERVICE_HOST`, `HOMING_PORT`,
    /// `HOMING_PORT_4433_UDP_ADDR` and so on. No key looks like one.
    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "HOMING_(?:[A-Z0-9_]+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?"
                            + "|PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_PORT = Pattern.compile("HOMING_(?:[A-Z0-9_]+_)?PORT");
    private static final Pattern SERVICE_URL = Pattern.compile("(?:tcp|udp|sctp)://.*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    private final Map<String, String> environment;
    private final Problems problems;

    EnvironmentLayer(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    Tree over(Tree tree) {
        Overlay overlay = new Overlay(FlatKeys.Spelling.ENVIRONMENT, PREFIX, problems);
        // In the order of their indexes, so that a list can be written from the start, and always
        // alike.
        var names =
                environment.keySet().stream()
                        .filter(name -> name.startsWith(PREFIX) && !isOfSomebodyElse(name))
                        .sorted(Comparator.comparing(EnvironmentLayer::sortable))
                        .toList();
        for (String name : names) {
            tree =
                    overlay.put(
                            tree,
                            name.substring(PREFIX.length()),
                            environment.getOrDefault(name, ""),
                            new Where.InEnvironment(name));
        }
        return tree;
    }

    private boolean isOfSomebodyElse(String name) {
        return NOT_KEYS.contains(name)
                || SERVICE_LINK.matcher(name).matches()
                || SERVICE_PORT.matcher(name).matches()
                        && SERVICE_URL.matcher(environment.getOrDefault(name, "")).matches();
    }

    /// `_10_` comes after `_9_`.
    private static String sortable(String name) {
        return DIGITS.matcher(name)
                .replaceAll(digits ->
                        "0".repeat(Math.max(0, 8 - digits.group().length())) + digits.group());
    }
}
