package dev.homing.control.config.source;

import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The options of the command line.
final class OptionLayer {

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
            listeners.add(BackendLine.section(Map.of(Schema.LISTENER_ADDRESS, address), where));
        }
        return listeners;
    }

    private List<Tree> backends() {
        BackendLine line =
                new BackendLine(problems, "for several backends give --backend several times.");
        return sources.backends().stream()
                .map(option -> line.read(option, new Where.InOption("--backend " + option)))
                .toList();
    }
}
