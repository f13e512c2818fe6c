package dev.homing.bench.command;

import dev.homing.command.ExitCode;
import dev.homing.command.HouseRules;
import dev.homing.command.Shell;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.util.Arrays;
import picocli.CommandLine;

/// Where arguments come in and an exit code goes out.
public final class BenchDoor {

    private final Shell shell;
    private final CommandLine line;

    public BenchDoor(Shell shell) {
        this.shell = shell;
        CommandLine commands =
                new CommandLine(new BenchCommand(shell))
                        .addSubcommand(new LoadCommand(shell))
                        .addSubcommand(new PeersCommand(shell))
                        .addSubcommand(new QuicCommand(shell))
                        .addSubcommand(new MicroCommand())
                        .addSubcommand(new CommandLine.HelpCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true);
        line =
                new HouseRules(shell, "homing bench", BrokenMachine.class::isInstance)
                        .rule(commands);
    }

    public int enter(String... arguments) {
        if (arguments.length > 1 && arguments[0].equals(MicroCommand.NAME)) {
            return measureWithJmh(Arrays.copyOfRange(arguments, 1, arguments.length));
        }
        return line.execute(arguments);
    }

    /// JMH's options are its own, and must not be read as ours.
    private int measureWithJmh(String... arguments) {
        try {
            return MicroCommand.run(arguments);
        } catch (IOException e) {
            shell.err().println("homing bench: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
