package dev.homing.command;

import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.source.Where;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is wrong with a configuration, for [Json]: where, which key, what, and what to do.
public final class ProblemValues {

    private ProblemValues() {}

    public static Map<String, Object> of(Problem problem) {
        return of(problem.where(), problem.key(), problem.what(), problem.remedy());
    }

    public static Map<String, Object> of(Warning warning) {
        return of(warning.where(), warning.key(), warning.what(), warning.remedy());
    }

    private static Map<String, Object> of(Where where, String key, String what, String remedy) {
        Map<String, Object> values = new LinkedHashMap<>();
        switch (where) {
            case Where.InFile(String file, int line, int column) -> {
                values.put("file", file);
                values.put("line", line);
                values.put("column", column);
            }
            case Where.WholeFile(String file) -> values.put("file", file);
            case Where.InEnvironment(String variable) -> values.put("variable", variable);
            case Where.InOption(String option) -> values.put("option", option);
            case Where.Nowhere nowhere -> {
                // Nothing was written, so there is no place to name.
            }
        }
        values.put("key", key);
        values.put("what", what);
        values.put("remedy", remedy);
        return values;
    }
}
