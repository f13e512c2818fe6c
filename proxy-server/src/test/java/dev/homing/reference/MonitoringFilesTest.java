package dev.homing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.ProxyServer;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.ledger.DropReason;
import dev.homing.observe.path.Place;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The dashboard and the alert rules in `docker` say nothing of metrics that are not there.
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one Homing is started for all of them
class MonitoringFilesTest {

    private static final Path DOCKER = Path.of("..", "docker");

    /// Every setting that brings metrics of its own.
    private static final String CONFIGURATION =
            """
            listeners: [{address: "127.0.0.1:0"}]
            admin: {address: "127.0.0.1:0"}
            threads: {receivers: 1, shards: 1}
            pools:
              default:
                backends: [{name: berlin, address: "127.0.0.1:9"}]
                cid-scheme: quic-lb
                cid-configs:
                  - config-rotation-bits: 1
                    server-id-length: 4
                    nonce-length: 12
                    server-id-mappings: [{server-id: c0ffee01, backend: berlin}]
            """;

    private final List<Map<?, ?>> rules;
    private final ExportedMetrics exported;

    MonitoringFilesTest(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("homing.yaml"), CONFIGURATION);
        try (ProxyServer server = ProxyServer.start(configuration(file))) {
            URI metrics =
                    URI.create(
                            "http://"
                                    + IpText.print(server.adminAddress().orElseThrow())
                                    + "/metrics");
            // The collector's own series come with its first collection.
            System.gc();
            Eventually.holds(
                    "a collection in the metrics", () -> get(metrics).contains("jvm_gc_pause"));
            exported = ExportedMetrics.of(get(metrics));
        }
        rules = rules();
        rules.forEach(this::addRecord);
    }

    private static Configuration configuration(Path file) {
        Sources sources =
                new Sources(
                        Optional.of(file.toString()),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static String get(URI uri) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A recorded metric has the labels of its rule and those that its expression groups by.
    private void addRecord(Map<?, ?> rule) {
        if (rule.get("record") instanceof String name) {
            Map<String, Set<String>> labels = new HashMap<>();
            PromQl.of(text(rule, "expr")).by().forEach(label -> labels.put(label, Set.of()));
            labelsOf(rule).forEach((label, value) -> labels.put(label, Set.of(value)));
            exported.add(name, labels);
        }
    }

    @Test
    void rulesAskOnlyForMetricsAndLabelsThatThereAre() {
        for (Map<?, ?> rule : rules) {
            String expression = text(rule, "expr");
            assertEquals(List.of(), exported.problems(PromQl.of(expression)), expression);
        }
    }

    @Test
    void everyAlertSaysWhatItMeansAndHowUrgentItIs() {
        TreeSet<String> names = new TreeSet<>();
        for (Map<?, ?> rule : rules) {
            if (rule.containsKey("alert")) {
                String name = text(rule, "alert");
                assertTrue(names.add(name), name + " is there twice");
                assertTrue(text(rule, "for").matches("[0-9]+[mh]"), name);
                assertTrue(
                        Set.of("critical", "warning", "info")
                                .contains(labelsOf(rule).get("severity")),
                        name);
                Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
                assertEquals(Set.of("summary", "description"), annotations.keySet(), name);
                annotations.values().forEach(text -> assertFalse(((String) text).isBlank(), name));
            }
        }
        assertTrue(names.size() > 20, names::toString);
    }

    @Test
    void alertsSpeakOnlyOfLabelsThatTheirSeriesHave() {
        for (Map<?, ?> rule : rules) {
            if (rule.containsKey("alert")) {
                PromQl expression = PromQl.of(text(rule, "expr"));
                Set<String> labels = new TreeSet<>(ExportedMetrics.ADDED);
                labels.addAll(expression.by());
                if (expression.by().isEmpty()) {
                    expression
                            .selectors()
                            .forEach(found -> labels.addAll(exported.labelsOf(found.metric())));
                }
                Pattern.compile("\\$labels\\.(\\w+)")
                        .matcher(rule.get("annotations").toString())
                        .results()
                        .forEach(used ->
                                assertTrue(
                                        labels.contains(used.group(1)),
                                        () -> used.group() + " in " + rule));
            }
        }
    }

    @Test
    void everyDropReasonIsInARule() {
        TreeSet<String> missing = new TreeSet<>();
        Stream.of(DropReason.values()).map(DropReason::label).forEach(missing::add);
        // Expected of an instance that is told to stop.
        missing.remove(DropReason.DRAINING.label());
        rules.stream()
                .flatMap(rule -> PromQl.of(text(rule, "expr")).selectors().stream())
                .flatMap(selector -> selector.conditions().stream())
                .filter(condition -> condition.label().equals("reason"))
                .forEach(condition ->
                        missing.removeAll(List.of(condition.value().split("\\|", -1))));
        assertEquals(Set.of(), missing);
    }

    /// As the doctor and the live page call them, in the order of the way.
    @Test
    void handoffsOfTheRulesAreHops() {
        List<String> handoffs =
                rules.stream()
                        .map(MonitoringFilesTest::labelsOf)
                        .filter(labels -> labels.containsKey("handoff"))
                        .sorted(Comparator.comparing(labels -> labels.get("step")))
                        .map(labels -> labels.get("handoff"))
                        .toList();
        assertTrue(handoffs.size() > 5, handoffs::toString);
        assertEquals(
                Stream.of(Place.values()).map(Place::label).filter(handoffs::contains).toList(),
                handoffs);
    }

    @Test
    void dashboardAsksOnlyForMetricsAndLabelsThatThereAre() throws IOException {
        for (String expression : dashboardExpressions()) {
            assertEquals(List.of(), exported.problems(PromQl.of(expression)), expression);
        }
    }

    @Test
    void dashboardShowsEveryMetricOfHoming() throws IOException {
        Set<String> missing = exported.homings();
        for (String expression : dashboardExpressions()) {
            PromQl.of(expression)
                    .selectors()
                    .forEach(found -> missing.remove(exported.family(found.metric())));
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyPanelSaysWhatItShows() throws IOException {
        for (Map<?, ?> panel : panels()) {
            if (!"row".equals(panel.get("type"))) {
                assertFalse(text(panel, "title").isBlank(), panel::toString);
                assertFalse(text(panel, "description").isBlank(), panel::toString);
                assertFalse(((List<?>) panel.get("targets")).isEmpty(), panel::toString);
            }
        }
    }

    private static List<Map<?, ?>> rules() throws IOException {
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Object group : (List<?>) yaml("prometheus/alerts.yml").get("groups")) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                rules.add((Map<?, ?>) rule);
            }
        }
        return rules;
    }

    private static Map<String, String> labelsOf(Map<?, ?> rule) {
        Map<String, String> labels = new HashMap<>();
        if (rule.get("labels") instanceof Map<?, ?> given) {
            given.forEach((label, value) -> labels.put((String) label, (String) value));
        }
        return labels;
    }

    /// Of the panels and of the variables.
    private static List<String> dashboardExpressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (Map<?, ?> panel : panels()) {
            if (panel.get("targets") instanceof List<?> targets) {
                targets.forEach(target -> expressions.add(text((Map<?, ?>) target, "expr")));
            }
        }
        assertTrue(expressions.size() > 50, "too few panels");
        return expressions;
    }

    private static List<Map<?, ?>> panels() throws IOException {
        List<Map<?, ?>> panels = new ArrayList<>();
        for (Object panel : (List<?>) yaml("grafana/homing.json").get("panels")) {
            panels.add((Map<?, ?>) panel);
        }
        return panels;
    }

    /// JSON is YAML, too.
    private static Map<?, ?> yaml(String file) throws IOException {
        LoadSettings settings = LoadSettings.builder().build();
        return (Map<?, ?>)
                new Load(settings).loadFromString(Files.readString(DOCKER.resolve(file)));
    }

    private static String text(Map<?, ?> of, String key) {
        return of.get(key) instanceof String text ? text : "";
    }
}
