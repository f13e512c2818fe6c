package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.value.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was written, with the place of each part. Immutable: an overlay makes a new tree.
public sealed interface Tree {

    Where where();

    /// For sentences: `the value "5"`, `a list`.
    String describe();

    record Scalar(String text, Where where) implements Tree {
        @Override
        public String describe() {
            return "the value " + Shown.value(text);
        }
    }

    /// A key with nothing behind it.
    record Nothing(Where where) implements Tree {
        @Override
        public String describe() {
            return "nothing";
        }
    }

    /// In the order of writing.
    record Mapping(Map<String, Entry> entries, Where where) implements Tree {
        @Override
        public String describe() {
            return "a section";
        }
    }

    record Sequence(List<Tree> items, Where where) implements Tree {
        @Override
        public String describe() {
            return "a list";
        }
    }

    record Entry(Where keyWhere, Tree value) {}

    /// A tree in which `value` stands at `path`, with the sections and lists around it made where
    /// they are missing. A part of the path that is written as something else stays as it is:
    /// reading it reports the problem.
    static Tree put(@Nullable Tree at, List<Step> path, Tree value, Problems problems) {
        if (path.isEmpty()) {
            return value;
        }
        List<Step> rest = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case Step.Name(String name) -> {
                if (at instanceof Scalar || at instanceof Sequence) {
                    yield at;
                }
                Map<String, Entry> entries = new LinkedHashMap<>();
                if (at instanceof Mapping(Map<String, Entry> written, Where where)) {
                    entries.putAll(written);
                }
                Entry old = entries.get(name);
                Tree put = put(old == null ? null : old.value(), rest, value, problems);
                entries.put(name, new Entry(old == null ? put.where() : old.keyWhere(), put));
                yield new Mapping(entries, at == null ? value.where() : at.where());
            }
            case Step.Index(int index) -> {
                if (at instanceof Scalar || at instanceof Mapping) {
                    yield at;
                }
                List<Tree> items = new ArrayList<>();
                if (at instanceof Sequence(List<Tree> written, Where where)) {
                    items.addAll(written);
                }
                if (index > items.size()) {
                    problems.add(
                            value.where(),
                            "",
                            "has index " + index + " where the list so far has " + items.size(),
                            "Give index " + items.size() + " first: no place may be left out.");
                } else if (index == items.size()) {
                    items.add(put(null, rest, value, problems));
                } else {
                    items.set(index, put(items.get(index), rest, value, problems));
                }
                yield new Sequence(items, at == null ? value.where() : at.where());
            }
        };
    }

    /// What is written under a key of the schema, anywhere below a mapping; null if nothing is.
    static @Nullable Tree find(Tree tree, Key key) {
        if (!(tree instanceof Mapping(Map<String, Entry> entries, Where where))) {
            return null;
        }
        Entry entry = entries.get(key.name());
        return entry == null ? null : entry.value();
    }
}
