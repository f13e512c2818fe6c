package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.Shown;
import dev.homing.control.config.value.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The options of the command line.
final class OptionLayer {

    /// `NAME=ADDRESS`; an address has no `=`.
    private static final Pattern NAMED = Pattern.compile("([^=,]*)=(.*)");

    private static final String DEFAULT_POOL = "default";

    private final Sources sources;
    private final Problems problems;

    OptionLayer(Sources sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
    }

    Tree over(Tree tree) {
        Overlay overlay = new Overlay(FlatKeys.Spelling.OPTION, "", problems);
        if (!sources.listen().isEmpty()) {
            tree = replace(tree, List.of(new Step.Name(Schema.LISTENERS.name())), listeners());
        }
        if (!sources.backends().isEmpty()) {
            List<Step> path =
                    List.of(
                            new Step.Name(Schema.POOLS.name()),
                            new Step.Name(DEFAULT_POOL),
                            new Step.Name(Schema.BACKENDS.name()));
            tree = replace(tree, path, backends());
        }
        for (Sources.NamedOption option : sources.options()) {
            tree =
                    overlay.put(
                            tree,
                            option.key(),
                            option.value(),
                            new Where.InOption(option.option()));
        }
        for (String set : sources.sets()) {
            int equals = set.indexOf('=');
            if (equals <= 0) {
                problems.add(
                        new Where.InOption("--set"),
                        "",
                        Shown.value(set) + " is not KEY=VALUE",
                        "Write for example --set threads.shards=2.");
                continue;
            }
            String key = set.substring(0, equals);
            // Without the value, which may be the hash key.
            Where where = new Where.InOption("--set " + key);
            tree = overlay.put(tree, key, set.substring(equals + 1), where);
        }
        return tree;
    }

    private Tree replace(Tree tree, List<Step> path, List<Tree> items) {
        return Tree.put(tree, path, new Tree.Sequence(items, items.getFirst().where()), problems);
    }

    private List<Tree> listeners() {
        List<Tree> listeners = new ArrayList<>();
        for (String address : sources.listen()) {
            Where where = new Where.InOption("--listen " + address);
            listeners.add(section(Map.of(Schema.LISTENER_ADDRESS, address), where));
        }
        return listeners;
    }

    /// `[NAME=]ADDRESS[,weight=N][,state=draining]`
    private List<Tree> backends() {
        List<Tree> backends = new ArrayList<>();
        for (String option : sources.backends()) {
            Where where = new Where.InOption("--backend " + option);
            List<String> parts = List.of(option.split(",", -1));
            Map<Key, String> values = new LinkedHashMap<>();
            Matcher named = NAMED.matcher(parts.getFirst());
            if (named.matches()) {
                values.put(Schema.BACKEND_NAME, named.group(1));
            }
            values.put(Schema.BACKEND_ADDRESS, named.matches() ? named.group(2) : parts.getFirst());
            for (String part : parts.subList(1, parts.size())) {
                putExtra(part, where, values);
            }
            backends.add(section(values, where));
        }
        return backends;
    }

    private void putExtra(String part, Where where, Map<Key, String> values) {
        List<Key> extras = List.of(Schema.BACKEND_WEIGHT, Schema.BACKEND_STATE);
        List<String> names = extras.stream().map(Key::name).toList();
        Matcher named = NAMED.matcher(part);
        int index = named.matches() ? names.indexOf(named.group(1)) : -1;
        if (index < 0) {
            problems.add(
                    where,
                    "",
                    Shown.value(part) + " is not understood after the address",
                    Suggestion.didYouMean(named.matches() ? named.group(1) : part, names)
                            + "Write [NAME=]ADDRESS, then ,weight=N or ,state=draining; for several backends give"
                            + " --backend several times.");
        } else if (values.putIfAbsent(extras.get(index), named.group(2)) != null) {
            problems.add(where, "", names.get(index) + " is given twice", "Remove one of the two.");
        }
    }

    private static Tree section(Map<Key, String> values, Where where) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        values.forEach((key, text) ->
                entries.put(key.name(), new Tree.Entry(where, new Tree.Scalar(text, where))));
        return new Tree.Mapping(entries, where);
    }
}
