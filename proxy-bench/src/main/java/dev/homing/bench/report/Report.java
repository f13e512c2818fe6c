package dev.homing.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that a run has found.
///
/// @param command as it can be typed again
/// @param facts of the machine, the build and the day, in the order in which they are shown
/// @param targets empty unless the run holds itself against the targets
/// @param problems of the run as a whole, one sentence each; those of a section are with it
public record Report(
        String command,
        Map<String, Object> facts,
        List<TargetRow> targets,
        List<Section> sections,
        List<String> problems) {

    public Report {
        targets = List.copyOf(targets);
        sections = List.copyOf(sections);
        problems = List.copyOf(problems);
    }

    /// Why the figures are to be doubted: all sentences there are. Empty when the run was clean.
    public List<String> doubts() {
        List<String> doubts = new ArrayList<>(problems);
        for (Section section : sections) {
            section.problems().forEach(problem -> doubts.add(section.title() + ": " + problem));
        }
        return doubts;
    }

    /// For [dev.homing.command.Json].
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("command", command);
        values.put("facts", facts);
        values.put("clean", doubts().isEmpty());
        values.put("problems", problems);
        values.put("targets", targets.stream().map(TargetRow::values).toList());
        values.put("sections", sections.stream().map(Section::asValues).toList());
        return values;
    }
}
