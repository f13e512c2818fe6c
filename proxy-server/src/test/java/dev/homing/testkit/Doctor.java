package dev.homing.testkit;

import dev.homing.command.Door;
import dev.homing.command.Shell;
import dev.homing.control.config.Network;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What `homing doctor` says of an instance, asked as an operator asks.
///
/// @param out all of it, as JSON
public record Doctor(int exitCode, String firstLoss, List<Told> findings, String out) {

    /// One finding.
    public record Told(String finding, String severity, String step, String about) {}

    /// @param interval such as `1s`
    public static Doctor ask(InetSocketAddress admin, String interval) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        Map.of(),
                        Network::ofThisMachine);
        int exitCode =
                new Door(
                                shell,
                                (configuration, again, stream) -> refuse(),
                                (isKept, stream) -> refuse(),
                                Doctor::refuse)
                        .enter(
                                "doctor",
                                "--admin",
                                admin.getAddress().getHostAddress() + ":" + admin.getPort(),
                                "--interval",
                                interval,
                                "--output",
                                "json");
        String json = out.toString(StandardCharsets.UTF_8);
        if (json.isEmpty()) {
            throw new AssertionError(
                    "no answer, " + exitCode + ": " + err.toString(StandardCharsets.UTF_8));
        }
        // JSON is YAML.
        Map<?, ?> values =
                (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(json);
        return new Doctor(
                exitCode,
                text(values, "first-loss"),
                ((List<?>) values.get("findings"))
                        .stream().map(finding -> told((Map<?, ?>) finding)).toList(),
                json);
    }

    private static int refuse() {
        throw new AssertionError("only the doctor is asked");
    }

    private static Told told(Map<?, ?> finding) {
        return new Told(
                text(finding, "finding"),
                text(finding, "severity"),
                text(finding, "step"),
                text(finding, "about"));
    }

    private static String text(Map<?, ?> values, String key) {
        Object value = values.get(key);
        return value == null ? "" : value.toString();
    }

    /// The first finding as `label at step`.
    public String first() {
        return findings.isEmpty()
                ? "nothing"
                : findings.getFirst().finding() + " at " + findings.getFirst().step();
    }
}
