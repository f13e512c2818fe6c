package dev.homing.command;

import dev.homing.control.config.Network;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What came of a command that only answers.
///
/// @param out standard output
/// @param err standard error
record Typed(int exitCode, String out, String err) {

    static Typed of(List<String> arguments) {
        return of(arguments, new ByteArrayOutputStream());
    }

    /// @param out gets standard output while the command runs
    static Typed of(List<String> arguments, ByteArrayOutputStream out) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell =
                new Shell(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        Map.of(),
                        Network::ofThisMachine);
        int exitCode =
                new Door(
                                shell,
                                (configuration, again, stream) -> {
                                    throw new AssertionError("nothing is to run");
                                },
                                (isKept, stream) -> {
                                    throw new AssertionError("nothing is to be shown");
                                },
                                () -> {
                                    throw new AssertionError("nothing is to be rehearsed");
                                })
                        .enter(arguments.toArray(String[]::new));
        return new Typed(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    static Typed of(String... arguments) {
        return of(List.of(arguments));
    }
}
