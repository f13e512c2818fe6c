package dev.homing.bench.command;

import dev.homing.command.ExitCode;
import dev.homing.command.Shell;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Where arguments come in and an exit code goes out.
public final class BenchDoor {

    private static final int HELP_WIDTH = 100;

    private final Shell shell;
    private final CommandLine line;

    public BenchDoor(Shell shell) {
        this.shell = shell;
        Ansi ansi = shell.isColourful(shell.isOutTerminal()) ? Ansi.ON : Ansi.OFF;
        this.line =
                new CommandLine(new BenchCommand(shell))
                        .addSubcommand(new LoadCommand(shell))
                        .addSubcommand(new PeersCommand(shell))
                        .addSubcommand(new QuicCommand(shell))
                        .addSubcommand(new MicroCommand())
                        .addSubcommand(new CommandLine.HelpCommand())
                        .setOut(writer(shell.out()))
                        .setErr(writer(shell.err()))
                        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                        .setUsageHelpWidth(HELP_WIDTH)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExpandAtFiles(false)
                        .setParameterExceptionHandler(this::refuse)
                        .setExecutionExceptionHandler(this::fail);
        addHelp(line);
        line.getSubcommands().values().forEach(BenchDoor::addHelp);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    private static void addHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec()
                    .addOption(
                            OptionSpec.builder("-h", "--help")
                                    .usageHelp(true)
                                    .description("Print this help and exit.")
                                    .build());
        }
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

    private int refuse(ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println("homing bench: " + refusal.getMessage());
        UnmatchedArgumentException.printSuggestions(refusal, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private int fail(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof IOException || failure instanceof BrokenMachine) {
            shell.err().println("homing bench: " + failure.getMessage());
        } else {
            shell.err().println("homing bench: this is a defect of Homing, please report it:");
            failure.printStackTrace(shell.err());
        }
        return ExitCode.FAILED;
    }
}
