package dev.homing.command;

import dev.homing.control.config.Configuration;
import java.io.IOException;
import java.io.PrintStream;

/// Runs the proxy.
public interface Launch {

    /// Returns when the proxy has ended.
    ///
    /// @param out for what a person wants to see at once, such as the ports that were chosen;
    ///   events go to the log
    /// @return the exit code of the process
    /// @throws IOException if the machine does not allow it; the message is a sentence with the
    ///   remedy
    int run(Configuration configuration, PrintStream out) throws IOException;
}
