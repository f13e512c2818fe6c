package dev.homing.command;

import java.io.IOException;

/// Runs the proxy for the JVM to watch.
public interface Rehearse {

    /// @return the exit code of the process
    /// @throws IOException if the machine does not allow it; the message is a sentence with the
    ///   remedy
    int run() throws IOException;
}
