package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.value.Suggestion;
import java.util.List;
import java.util.stream.Collectors;

/// Lays single values over a tree by their flat names.
final class Overlay {

    private final FlatKeys keys;

    /// What stands in front of every name: `HOMING_`, or nothing.
    private final String prefix;

    private final Problems problems;

    Overlay(FlatKeys.Spelling spelling, String prefix, Problems problems) {
        this.keys = new FlatKeys(spelling);
        this.prefix = prefix;
        this.problems = problems;
    }

    Tree put(Tree tree, String flat, String value, Where where) {
        List<FlatKeys.Found> found = keys.find(flat, tree);
        if (found.isEmpty()) {
            problems.add(
                    where,
                    "",
                    "is not a known key",
                    Suggestion.nearest(flat, keys.similar(flat, tree))
                            .map(name -> "Did you mean " + prefix + name + "?")
                            .orElse("See homing print-config for the keys."));
            return tree;
        }
        if (found.size() > 1) {
            problems.add(
                    where,
                    "",
                    "can mean "
                            + found.stream()
                                    .map(meaning -> Step.dotted(meaning.path()))
                                    .collect(Collectors.joining(" or ")),
                    "Set it in the file or with --set.");
            return tree;
        }
        List<Step> path = found.getFirst().path();
        String key = Step.dotted(path);
        if (!(found.getFirst().key() instanceof Key.Setting<?>)) {
            problems.add(where, key, "is not a single value", below(found.getFirst().key(), key));
            return tree;
        }
        if (value.isEmpty()) {
            problems.add(where, key, "has no value", "Give one, or leave it out altogether.");
            return tree;
        }
        return Tree.put(tree, path, new Tree.Scalar(value, where), problems);
    }

    private static String below(Key key, String path) {
        return switch (key) {
            case Key.Section section ->
                    section.keys().stream()
                            .map(child -> path + "." + child.name())
                            .collect(Collectors.joining(", ", "Set a key in it: ", "."));
            case Key.ListOf<?> list ->
                    "It is a list: set the values in it, from " + path + ".0 on.";
            case Key.MapOf map -> "Set a key below a name in it: " + path + ".NAME.";
            case Key.Setting<?> setting -> throw new AssertionError("a setting is a single value");
        };
    }
}
