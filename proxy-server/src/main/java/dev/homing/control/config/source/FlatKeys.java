package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the key that a flat name means: `threads.shards` in an option, `HOMING_THREADS_SHARDS` in
/// the environment.
///
/// The name of an environment variable does not show where one word ends: `POOLS_WEB_EU_BALANCE`
/// may speak of a pool `web-eu`, `web_eu` or `web.eu`. The pools that are written already decide;
/// if none fits, a new pool is meant, in lower case with dashes.
final class FlatKeys {

    enum Spelling {
        /// `pools.web-eu.balance`
        OPTION('.') {
            @Override
            String spell(String name) {
                return name;
            }

            @Override
            String newName(String flat) {
                return flat;
            }
        },
        /// `POOLS_WEB_EU_BALANCE`
        ENVIRONMENT('_') {
            @Override
            String spell(String name) {
                return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
            }

            @Override
            String newName(String flat) {
                return flat.toLowerCase(Locale.ROOT).replace('_', '-');
            }
        };

        private final char separator;

        Spelling(char separator) {
            this.separator = separator;
        }

        abstract String spell(String name);

        abstract String newName(String flat);
    }

    /// A key with the way to it.
    record Found(List<Step> path, Key key) {}

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern INDEX = Pattern.compile("([0-9]{1,6})(?:([._])(.+))?");

    private final Spelling spelling;

    FlatKeys(Spelling spelling) {
        this.spelling = spelling;
    }

    /// All meanings a name can have: none, one, or several when names of pools are spelled alike.
    List<Found> find(String flat, Tree tree) {
        List<Found> found = new ArrayList<>();
        if (!flat.isEmpty()) {
            find(Schema.ROOT, flat, tree, List.of(), found);
        }
        return found;
    }

    private void find(Key key, String rest, @Nullable Tree at, List<Step> path, List<Found> found) {
        if (rest.isEmpty()) {
            found.add(new Found(path, key));
            return;
        }
        switch (key) {
            case Key.Setting<?> setting -> {
                // A value has nothing below it: this is not the way.
            }
            case Key.Section section -> {
                for (Key child : section.keys()) {
                    enter(
                            child,
                            spelling.spell(child.name()),
                            new Step.Name(child.name()),
                            rest,
                            at,
                            path,
                            found);
                }
            }
            case Key.ListOf<?> list -> {
                Matcher index = INDEX.matcher(rest);
                if (index.matches()
                        && (index.group(2) == null
                                || index.group(2).charAt(0) == spelling.separator)) {
                    int i = Integer.parseInt(index.group(1));
                    String below = index.group(3) == null ? "" : index.group(3);
                    Tree item =
                            at instanceof Tree.Sequence(List<Tree> items, Where where)
                                            && i < items.size()
                                    ? items.get(i)
                                    : null;
                    find(list.element(), below, item, append(path, new Step.Index(i)), found);
                }
            }
            case Key.MapOf map -> findNamed(map, rest, at, path, found);
        }
    }

    private void findNamed(
            Key.MapOf map, String rest, @Nullable Tree at, List<Step> path, List<Found> found) {
        int before = found.size();
        if (at instanceof Tree.Mapping(Map<String, Tree.Entry> entries, Where where)) {
            for (String name : entries.keySet()) {
                enter(
                        map.element(),
                        spelling.spell(name),
                        new Step.Name(name),
                        rest,
                        at,
                        path,
                        found);
            }
        }
        // The shortest new name with a key behind it.
        for (int end = rest.indexOf(spelling.separator, 1);
                found.size() == before && end > 0;
                end = rest.indexOf(spelling.separator, end + 1)) {
            String flat = rest.substring(0, end);
            enter(
                    map.element(),
                    flat,
                    new Step.Name(spelling.newName(flat)),
                    rest,
                    at,
                    path,
                    found);
        }
    }

    /// Goes on below `step` if the rest begins with its spelling.
    private void enter(
            Key key,
            String spelled,
            Step.Name step,
            String rest,
            @Nullable Tree at,
            List<Step> path,
            List<Found> found) {
        if (!rest.startsWith(spelled)) {
            return;
        }
        Tree.Entry entry =
                at instanceof Tree.Mapping(Map<String, Tree.Entry> entries, Where where)
                        ? entries.get(step.name())
                        : null;
        Tree below = entry == null ? null : entry.value();
        if (rest.length() == spelled.length()) {
            find(key, "", below, append(path, step), found);
        } else if (rest.charAt(spelled.length()) == spelling.separator
                && rest.length() > spelled.length() + 1) {
            find(key, rest.substring(spelled.length() + 1), below, append(path, step), found);
        }
    }

    private static List<Step> append(List<Step> path, Step step) {
        List<Step> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }

    /// Names of values that a wrong name can be compared with. They have the indexes of the wrong
    /// name, as far as those go, so that a slip in one word is one slip.
    List<String> similar(String flat, Tree tree) {
        Set<String> pools = new LinkedHashSet<>();
        if (Tree.find(tree, Schema.POOLS)
                instanceof Tree.Mapping(Map<String, Tree.Entry> entries, Where where)) {
            entries.keySet().forEach(name -> pools.add(spelling.spell(name)));
        }
        String poolsPrefix = spelling.spell(Schema.POOLS.name()) + spelling.separator;
        if (flat.startsWith(poolsPrefix)) {
            int end = flat.indexOf(spelling.separator, poolsPrefix.length());
            pools.add(flat.substring(poolsPrefix.length(), end < 0 ? flat.length() : end));
        }
        pools.add(spelling.spell("default"));
        List<String> indexes = DIGITS.matcher(flat).results().map(MatchResult::group).toList();
        List<String> names = new ArrayList<>();
        collect(Schema.ROOT, "", pools, indexes, names);
        return names;
    }

    private void collect(
            Key key, String prefix, Set<String> pools, List<String> indexes, List<String> names) {
        switch (key) {
            case Key.Setting<?> setting -> names.add(prefix);
            case Key.Section section ->
                    section.keys()
                            .forEach(child ->
                                    collect(
                                            child,
                                            join(prefix, spelling.spell(child.name())),
                                            pools,
                                            indexes,
                                            names));
            case Key.ListOf<?> list -> {
                String index = indexes.isEmpty() ? "0" : indexes.getFirst();
                List<String> rest =
                        indexes.isEmpty() ? indexes : indexes.subList(1, indexes.size());
                collect(list.element(), join(prefix, index), pools, rest, names);
            }
            case Key.MapOf map ->
                    pools.forEach(pool ->
                            collect(map.element(), join(prefix, pool), pools, indexes, names));
        }
    }

    private String join(String prefix, String name) {
        return prefix.isEmpty() ? name : prefix + spelling.separator + name;
    }
}
