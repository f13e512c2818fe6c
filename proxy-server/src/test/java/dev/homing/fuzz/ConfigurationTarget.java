package dev.homing.fuzz;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Problem;
import dev.homing.control.routing.RoutingTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Any text as the configuration: it is accepted, or there is a list of problems. What is accepted
/// makes a routing table, and what is printed of it is accepted again, but for secrets, which are
/// not printed.
public final class ConfigurationTarget {

    private static final int MOST_BACKENDS = 50;
    private static final Path FILE = file();

    private ConfigurationTarget() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzzed", ".yaml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("no file for the configuration", e);
        }
    }

    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        Files.write(FILE, octets);
        switch (Fleet.load(FILE)) {
            case Outcome.Refused refused -> {
                Required.holds(!refused.problems().isEmpty(), "refused without a problem");
                refused.problems().forEach(ConfigurationTarget::checkProblem);
            }
            case Outcome.Accepted accepted -> check(accepted.configuration());
        }
    }

    private static void checkProblem(Problem problem) {
        Required.holds(problem.toString().indexOf('\n') < 0, "a problem of two lines");
    }

    private static void check(Configuration configuration) throws IOException {
        long backends =
                configuration.pools().stream().mapToLong(pool -> pool.backends().size()).sum();
        if (backends <= MOST_BACKENDS) {
            new RoutingTables().of(configuration);
        }
        String printed = configuration.toYaml();
        Files.write(FILE, printed.getBytes(StandardCharsets.UTF_8));
        switch (Fleet.load(FILE)) {
            case Outcome.Accepted accepted ->
                    Required.holds(
                            accepted.configuration().equals(configuration),
                            "reads back as another configuration:\n" + printed);
            case Outcome.Refused refused ->
                    Required.holds(
                            refused.problems().stream()
                                    .allMatch(problem -> problem.toString().contains("mask")),
                            "does not read back: " + refused.problems() + "\n" + printed);
        }
    }
}
