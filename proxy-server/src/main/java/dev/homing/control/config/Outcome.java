package dev.homing.control.config;

import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import java.util.List;

/// What came of reading a configuration: all of it, or all that is wrong with it.
public sealed interface Outcome {

    record Accepted(Configuration configuration, List<Warning> warnings) implements Outcome {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param problems at least one
    record Refused(List<Problem> problems, List<Warning> warnings) implements Outcome {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
