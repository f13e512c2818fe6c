package dev.homing.command;

import dev.homing.control.config.Network;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Which command lines Homing understands.
public final class Commands {

    private Commands() {}

    /// Types a command whose work is not done; what files it names need not be there.
    ///
    /// @return what is wrong with it, empty for nothing
    public static String misunderstood(List<String> arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Shell shell = new Shell(out, out, false, false, Map.of(), Network::ofThisMachine);
        int exitCode =
                new Door(shell, (configuration, again, stream) -> 0, (part, stream) -> 0, () -> 0)
                        .enter(arguments.toArray(String[]::new));
        return exitCode == ExitCode.USAGE ? said.toString(StandardCharsets.UTF_8) : "";
    }
}
