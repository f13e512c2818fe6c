package dev.homing.control.reload;

import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import java.util.List;

/// What came of reading the configuration again: all of it is in force, or nothing has changed.
public sealed interface ReloadResult {

    /// @param changes one line each, such as `pools.web.backends.b.weight: 1 → 2`
    /// @param table the number of the routing table that it made
    record Applied(List<String> changes, long table, List<Warning> warnings)
            implements ReloadResult {
        public Applied {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }
    }

    /// It says what it said before.
    record Unchanged(List<Warning> warnings) implements ReloadResult {
        public Unchanged {
            warnings = List.copyOf(warnings);
        }
    }

    /// The old configuration stays.
    ///
    /// @param problems at least one
    record Refused(List<Problem> problems, List<Warning> warnings) implements ReloadResult {
        public Refused {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
