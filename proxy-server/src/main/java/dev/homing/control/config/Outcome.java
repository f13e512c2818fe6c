package dev.homing.control.config;

import dev.homing.control.config.source.FileRead;
import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import java.util.List;
import java.util.function.Supplier;

/// What came of reading a configuration: all of it, or all that is wrong with it.
public sealed interface Outcome {

    /// What it was read from, whatever came of it; also files that could not be read.
    List<FileRead> files();

    /// @param withNamesOfNow reads the same text once more, with the addresses that its names have
    ///   then
    record Accepted(
            Configuration configuration,
            List<Warning> warnings,
            List<FileRead> files,
            Supplier<Outcome> withNamesOfNow)
            implements Outcome {
        public Accepted {
            warnings = List.copyOf(warnings);
            files = List.copyOf(files);
        }
    }

    /// @param problems at least one
    record Refused(List<Problem> problems, List<Warning> warnings, List<FileRead> files)
            implements Outcome {
        public Refused {
            files = List.copyOf(files);
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
        }
    }
}
