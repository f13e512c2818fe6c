package dev.homing.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One table of results, with what belongs to it.
///
/// @param note what was done, in a sentence or two
/// @param columns headings, each after `<` or `>`: where its cells are pushed to
/// @param rows as many cells as there are columns
/// @param values the same and more for programs: what [dev.homing.command.Json] can write
/// @param charts for the page
/// @param problems why the figures are to be doubted, one sentence each
public record Section(
        String title,
        String note,
        List<String> columns,
        List<List<String>> rows,
        List<Map<String, Object>> values,
        List<Chart> charts,
        List<String> problems) {

    public Section {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        values = List.copyOf(values);
        charts = List.copyOf(charts);
        problems = List.copyOf(problems);
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        row.size() + " cells for " + columns.size() + " columns in " + title);
            }
        }
    }

    Map<String, Object> asValues() {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("title", title);
        section.put("note", note);
        section.put("results", values);
        section.put("problems", problems);
        return section;
    }
}
