package dev.homing.control.config.source;

import dev.homing.control.config.value.Shown;

/// The place where something was written.
public sealed interface Where {

    /// As it stands in front of a problem.
    String text();

    /// What is written in a higher layer hides what is written in a lower one.
    int layer();

    /// @param line from 1
    /// @param column from 1
    record InFile(String file, int line, int column) implements Where {
        @Override
        public String text() {
            return file + ":" + line + ":" + column;
        }

        @Override
        public int layer() {
            return 0;
        }
    }

    /// The file as a whole: it cannot be read, so it has no lines.
    record WholeFile(String file) implements Where {
        @Override
        public String text() {
            return file;
        }

        @Override
        public int layer() {
            return 0;
        }
    }

    record InEnvironment(String variable) implements Where {
        @Override
        public String text() {
            return Shown.plain(variable);
        }

        @Override
        public int layer() {
            return 1;
        }
    }

    /// @param option with what identifies it, and never with a value that may be secret
    record InOption(String option) implements Where {
        @Override
        public String text() {
            return Shown.plain(option);
        }

        @Override
        public int layer() {
            return 2;
        }
    }

    /// Nothing was written at all.
    record Nowhere() implements Where {
        @Override
        public String text() {
            return "configuration";
        }

        @Override
        public int layer() {
            return 0;
        }
    }
}
