package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.Shown;
import dev.homing.control.config.value.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A backend in one line, as options and files of addresses have it:
/// `[NAME=]ADDRESS[,weight=N][,state=draining]`
final class BackendLine {

    /// `NAME=ADDRESS`; an address has no `=`.
    private static final Pattern NAMED = Pattern.compile("([^=,]*)=(.*)");

    private final Problems problems;
    private final String several;

    /// @param several how several backends are given, as the end of a sentence
    BackendLine(Problems problems, String several) {
        this.problems = problems;
        this.several = several;
    }

    /// The section that a file would have for it. What is wrong with a value shows when that is
    /// read.
    Tree read(String line, Where where) {
        List<String> parts = List.of(line.split(",", -1));
        Map<Key, String> values = new LinkedHashMap<>();
        Matcher named = NAMED.matcher(parts.getFirst());
        if (named.matches()) {
            values.put(Schema.BACKEND_NAME, named.group(1));
        }
        values.put(Schema.BACKEND_ADDRESS, named.matches() ? named.group(2) : parts.getFirst());
        for (String part : parts.subList(1, parts.size())) {
            putExtra(part, where, values);
        }
        return section(values, where);
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
                            + "Write [NAME=]ADDRESS, then ,weight=N or ,state=draining; "
                            + several);
        } else if (values.putIfAbsent(extras.get(index), named.group(2)) != null) {
            problems.add(where, "", names.get(index) + " is given twice", "Remove one of the two.");
        }
    }

    static Tree section(Map<Key, String> values, Where where) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        values.forEach((key, text) ->
                entries.put(key.name(), new Tree.Entry(where, new Tree.Scalar(text, where))));
        return new Tree.Mapping(entries, where);
    }
}
