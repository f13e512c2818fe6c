package dev.homing.reference;

import dev.homing.observe.machine.reading.Label;
import dev.homing.observe.machine.reading.Quantity;
import dev.homing.reference.PromQl.Condition;
import dev.homing.reference.PromQl.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which metrics, labels and values of labels there are: by a scrape, and by the code for the
/// machine's, which no machine shows all of.
final class ExportedMetrics {

    /// Added by Prometheus itself.
    static final Set<String> ADDED = Set.of("job", "instance");

    /// Labels whose values the operator, the machine or the build decides.
    private static final Set<String> OPEN =
            Set.of(
                    "backend",
                    "commit",
                    "configuration",
                    "cpu",
                    "hash",
                    "interface",
                    "java_version",
                    "listener",
                    "name",
                    "receiver",
                    "shard",
                    "thread",
                    "version");

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    private final Map<String, Map<String, Set<String>>> labels = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();

    static ExportedMetrics of(String scrape) {
        ExportedMetrics exported = new ExportedMetrics();
        scrape.lines().forEach(exported::line);
        for (Quantity quantity : Quantity.values()) {
            exported.types.put(quantity.metric(), quantity.isCounter() ? "counter" : "gauge");
            Map<String, Set<String>> of =
                    exported.labels.computeIfAbsent(quantity.metric(), m -> new HashMap<>());
            for (Label label : quantity.labels()) {
                of.computeIfAbsent(label.name(), l -> new TreeSet<>()).addAll(label.values());
            }
        }
        return exported;
    }

    private void line(String line) {
        Matcher type = TYPE.matcher(line);
        if (type.matches()) {
            types.put(type.group(1), type.group(2));
        }
        Matcher series = SERIES.matcher(line);
        if (line.startsWith("#") || !series.matches()) {
            return;
        }
        add(series.group(1), Map.of());
        if (series.group(2) != null) {
            LABEL.matcher(series.group(2))
                    .results()
                    .forEach(label ->
                            add(series.group(1), Map.of(label.group(1), Set.of(label.group(2)))));
        }
    }

    /// Makes a metric known, or more values of its labels.
    void add(String metric, Map<String, Set<String>> more) {
        Map<String, Set<String>> known = labels.computeIfAbsent(metric, m -> new HashMap<>());
        more.forEach((label, values) ->
                known.computeIfAbsent(label, l -> new TreeSet<>()).addAll(values));
    }

    /// Of Homing itself and its machine, by the names in their `# TYPE` lines.
    Set<String> homings() {
        return types.keySet().stream()
                .filter(name -> name.startsWith("homing_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The name in the `# TYPE` line: without what a histogram's series have at their ends.
    String family(String metric) {
        String family = metric.replaceFirst("_(bucket|sum|count)$", "");
        return "histogram".equals(types.get(family)) ? family : metric;
    }

    Set<String> labelsOf(String metric) {
        return labels.getOrDefault(metric, Map.of()).keySet();
    }

    /// What is wrong with the metrics that an expression names; nothing if all of it is there.
    List<String> problems(PromQl expression) {
        Set<String> some =
                expression.selectors().stream()
                        .flatMap(selector -> labelsOf(selector.metric()).stream())
                        .collect(Collectors.toSet());
        Stream<String> groups =
                Stream.concat(expression.by().stream(), expression.matching().stream())
                        .filter(label -> !some.contains(label) && !ADDED.contains(label))
                        .map(label -> "no metric of it has a label " + label);
        return Stream.concat(groups, expression.selectors().stream().flatMap(this::problems))
                .toList();
    }

    private Stream<String> problems(Selector selector) {
        Map<String, Set<String>> known = labels.get(selector.metric());
        if (known == null) {
            return Stream.of("there is no metric " + selector.metric());
        }
        return selector.conditions().stream()
                .filter(condition -> !ADDED.contains(condition.label()))
                .filter(condition -> !isPossible(condition, known.get(condition.label())))
                .map(condition -> selector.metric() + " never has " + condition + ", but " + known);
    }

    private static boolean isPossible(Condition condition, Set<String> known) {
        if (known == null || OPEN.contains(condition.label())) {
            return known != null;
        }
        if (!condition.operator().endsWith("~")) {
            return known.contains(condition.value());
        }
        return Stream.of(condition.value().split("\\|", -1))
                .allMatch(part -> known.stream().anyMatch(value -> value.matches(part)));
    }
}
