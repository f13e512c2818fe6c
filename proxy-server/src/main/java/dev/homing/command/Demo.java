package dev.homing.command;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;

/// Shows what Homing does.
public interface Demo {

    /// What is to be shown.
    sealed interface Part {}

    /// All of it, on this machine.
    ///
    /// @param isKept whether everything stays running after the show, until the process is
    ///   interrupted
    record Show(boolean isKept) implements Part {}

    /// One of the servers, until the process is told to stop.
    record Server(String name, InetSocketAddress address) implements Part {}

    /// A client that comes again and again.
    ///
    /// @param balancer where to
    /// @param visits how often; 0 for until the process is told to stop
    record Client(InetSocketAddress balancer, int visits) implements Part {}

    /// @return the exit code of the process
    /// @throws IOException if the machine does not allow it; the message is a sentence with the
    ///   remedy
    int run(Part part, PrintStream out) throws IOException;
}
