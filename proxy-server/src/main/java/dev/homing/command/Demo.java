package dev.homing.command;

import java.io.IOException;
import java.io.PrintStream;

/// Shows on one machine what Homing does.
public interface Demo {

    /// @param isKept whether everything stays running after the show, until the process is
    ///   interrupted
    /// @return the exit code of the process
    /// @throws IOException if the machine does not allow it; the message is a sentence with the
    ///   remedy
    int run(boolean isKept, PrintStream out) throws IOException;
}
