package dev.homing.command;

import dev.homing.control.config.Network;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the process was started from.
///
/// @param network how names of hosts are resolved, given a place for sentences to a person that
///   waits
public record Shell(
        PrintStream out,
        PrintStream err,
        boolean isOutTerminal,
        boolean isErrTerminal,
        Map<String, String> environment,
        Function<Consumer<String>, Network> network) {

    public Shell {
        environment = Map.copyOf(environment);
    }

    /// Writes UTF-8 whatever the locale: containers have none, and JSON knows no other.
    public static Shell ofThisProcess() {
        return new Shell(
                new PrintStream(
                        new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2),
                System.getenv(),
                Network::ofThisMachine);
    }

    /// The same with another way to resolve names.
    public Shell withNetwork(Function<Consumer<String>, Network> other) {
        return new Shell(out, err, isOutTerminal, isErrTerminal, environment, other);
    }

    /// `System.console()` knows only of both directions together: under `docker run -t` it says no.
    private static boolean isTerminal(int fileDescriptor) {
        try {
            String name =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + fileDescriptor)).toString();
            return name.startsWith("/dev/pts/")
                    || name.startsWith("/dev/tty")
                    || name.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// https://no-color.org: any value that is not empty forbids colours, whatever it is.
    public boolean isColourful(boolean isTerminal) {
        return isTerminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
