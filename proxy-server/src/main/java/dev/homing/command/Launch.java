package dev.homing.command;

import dev.homing.control.config.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Supplier;

/// Runs the proxy.
public interface Launch {

    /// Returns when the proxy has ended.
    ///
    /// @param first what the configuration was read as
    /// @param again reads the configuration once more, from the same places; takes as long as its
    ///   names take to resolve
    /// @param out for what a person wants to see at once, such as the ports that were chosen;
    ///   events go to the log
    /// @return the exit code of the process
    /// @throws IOException if the machine does not allow it; the message is a sentence with the
    ///   remedy
    int run(Outcome.Accepted first, Supplier<Outcome> again, PrintStream out) throws IOException;
}
