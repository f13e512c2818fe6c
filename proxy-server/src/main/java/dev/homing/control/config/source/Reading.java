package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Key.ListOf;
import dev.homing.control.config.schema.Key.MapOf;
import dev.homing.control.config.schema.Key.Preset;
import dev.homing.control.config.schema.Key.Section;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.Parsed;
import dev.homing.control.config.value.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One section of a tree, read by the keys of the schema. What is wrong goes to the problems and
/// reads as if it were not there, so that the reading can go on and find the rest.
public final class Reading {

    /// A value with its place, for problems that only show later.
    public record Located<T>(T value, Where where, String path) {}

    private final Section section;
    private final String path;
    private final Map<String, Tree.Entry> entries;
    private final Where where;

    /// Something else stands in the place of this section: that is one problem, and its missing
    /// keys are no more.
    private final boolean isBroken;

    private final Problems problems;

    private Reading(
            Section section, String path, @Nullable Tree tree, Where around, Problems problems) {
        this.section = section;
        this.path = path;
        this.problems = problems;
        this.entries =
                tree instanceof Tree.Mapping(Map<String, Tree.Entry> written, Where at)
                        ? written
                        : Map.of();
        this.where = tree == null ? around : tree.where();
        if (tree instanceof Tree.Scalar || tree instanceof Tree.Sequence) {
            this.isBroken = true;
            String keys = String.join(", ", section.keys().stream().map(Key::name).toList());
            problems.add(
                    where,
                    path,
                    "has " + tree.describe() + " where keys belong",
                    "Write KEY: VALUE lines with the keys " + keys + ".");
        } else {
            this.isBroken = false;
        }
        entries.forEach((name, entry) -> checkKnown(name, entry.keyWhere()));
    }

    /// The whole of a text.
    public static Reading root(Tree tree, Problems problems) {
        return new Reading(Schema.ROOT, "", tree, tree.where(), problems);
    }

    private void checkKnown(String name, Where keyWhere) {
        List<String> known = section.keys().stream().map(Key::name).toList();
        if (!known.contains(name)) {
            problems.add(
                    keyWhere, pathOf(name), "is not a known key", UnknownKey.remedy(name, known));
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() ? Shown.plain(name) : path + "." + Shown.plain(name);
    }

    public String path(Key key) {
        return pathOf(key.name());
    }

    /// Where the section begins.
    public Where where() {
        return where;
    }

    /// Where the value of a key stands; if it is not written, where its section begins.
    public Where where(Key key) {
        Tree.Entry entry = entries.get(key.name());
        return entry == null ? where : entry.value().where();
    }

    public boolean isWritten(Key key) {
        return entries.containsKey(key.name());
    }

    /// Whether a list or map is not there because something else stands in its place or around it,
    /// which is reported as that.
    public boolean isWrongShape(Key key) {
        Tree.Entry entry = entries.get(key.name());
        if (isBroken || entry == null) {
            return isBroken;
        }
        return switch (entry.value()) {
            case Tree.Nothing nothing -> false;
            case Tree.Scalar scalar -> true;
            case Tree.Sequence sequence -> key instanceof MapOf;
            case Tree.Mapping mapping -> !(key instanceof MapOf);
        };
    }

    /// The value, or what is preset. For settings with a plain preset value.
    public <T> T get(Setting<T> setting) {
        return find(setting).or(setting::presetValue).orElseThrow();
    }

    /// The value that is written; empty if none is, or none that can be used.
    public <T> Optional<T> find(Setting<T> setting) {
        Tree.Entry entry = entries.get(setting.name());
        if (entry == null) {
            if (setting.preset() instanceof Preset.Required<T> && !isBroken) {
                problems.add(where, path(setting), "is missing", setting.kind().remedy());
            }
            return Optional.empty();
        }
        return read(setting, entry.value(), path(setting));
    }

    private <T> Optional<T> read(Setting<T> setting, Tree tree, String valuePath) {
        if (!(tree instanceof Tree.Scalar(String text, Where at))) {
            problems.add(
                    tree.where(),
                    valuePath,
                    "has " + tree.describe() + " where a value belongs",
                    setting.kind().remedy());
            return Optional.empty();
        }
        return switch (setting.kind().read(text)) {
            case Parsed.Good<T>(T value) -> Optional.of(value);
            case Parsed.Bad<T>(String what, String remedy) -> {
                problems.add(at, valuePath, what, remedy);
                yield Optional.empty();
            }
        };
    }

    public Reading in(Section inner) {
        Tree.Entry entry = entries.get(inner.name());
        return new Reading(
                inner, path(inner), entry == null ? null : entry.value(), where, problems);
    }

    public List<Reading> each(ListOf<Section> list) {
        List<Reading> readings = new ArrayList<>();
        for (Located<Tree> item : items(list)) {
            readings.add(
                    new Reading(list.element(), item.path(), item.value(), item.where(), problems));
        }
        return readings;
    }

    public <T> List<Located<T>> values(ListOf<Setting<T>> list) {
        List<Located<T>> values = new ArrayList<>();
        for (Located<Tree> item : items(list)) {
            read(list.element(), item.value(), item.path())
                    .ifPresent(
                            value -> values.add(new Located<>(value, item.where(), item.path())));
        }
        return values;
    }

    private List<Located<Tree>> items(ListOf<?> list) {
        List<Located<Tree>> located = new ArrayList<>();
        Tree.Entry entry = entries.get(list.name());
        Tree tree = entry == null ? null : entry.value();
        if (tree instanceof Tree.Sequence(List<Tree> items, Where at)) {
            for (int i = 0; i < items.size(); i++) {
                located.add(
                        new Located<>(items.get(i), items.get(i).where(), path(list) + "." + i));
            }
        } else if (tree instanceof Tree.Scalar || tree instanceof Tree.Mapping) {
            problems.add(
                    tree.where(),
                    path(list),
                    "has " + tree.describe() + " where a list belongs",
                    "Begin each entry with a dash: - …");
        }
        return located;
    }

    /// The sections of a map by name, in the order of writing.
    public Map<String, Reading> named(MapOf map) {
        Map<String, Reading> readings = new LinkedHashMap<>();
        Tree.Entry entry = entries.get(map.name());
        Tree tree = entry == null ? null : entry.value();
        if (tree instanceof Tree.Mapping(Map<String, Tree.Entry> written, Where at)) {
            written.forEach((name, inner) -> {
                String innerPath = path(map) + "." + Shown.plain(name);
                if (map.names().read(name)
                        instanceof Parsed.Bad<String>(String what, String remedy)) {
                    problems.add(inner.keyWhere(), path(map), what, remedy);
                }
                readings.put(
                        name,
                        new Reading(
                                map.element(),
                                innerPath,
                                inner.value(),
                                inner.keyWhere(),
                                problems));
            });
        } else if (tree instanceof Tree.Scalar || tree instanceof Tree.Sequence) {
            problems.add(
                    tree.where(),
                    path(map),
                    "has " + tree.describe() + " where names belong",
                    "Write NAME: and the keys of " + map.name() + " below it.");
        }
        return readings;
    }
}
