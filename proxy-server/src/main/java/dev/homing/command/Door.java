package dev.homing.command;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Where arguments come in and an exit code goes out.
public final class Door {

    /// Wide enough for the examples, narrow enough for half a screen.
    private static final int HELP_WIDTH = 100;

    private final Shell shell;
    private final CommandLine line;

    public Door(Shell shell, Launch launch, Demo demo) {
        this.shell = shell;
        Ansi outAnsi = shell.isColourful(shell.isOutTerminal()) ? Ansi.ON : Ansi.OFF;
        this.line =
                new CommandLine(new HomingCommand(shell))
                        .addSubcommand(new RunCommand(shell, launch))
                        .addSubcommand(new CheckCommand(shell))
                        .addSubcommand(new PrintConfigCommand(shell))
                        .addSubcommand(new DecodeCidCommand(shell))
                        .addSubcommand(new EncodeCidCommand(shell))
                        .addSubcommand(new ExplainCommand(shell))
                        .addSubcommand(new VersionCommand(shell))
                        .addSubcommand(new DemoCommand(shell, demo))
                        .addSubcommand(new CommandLine.HelpCommand())
                        .setOut(writer(shell.out()))
                        .setErr(writer(shell.err()))
                        .setColorScheme(CommandLine.Help.defaultColorScheme(outAnsi))
                        .setUsageHelpWidth(HELP_WIDTH)
                        // An argument that begins with @ is what it is, and not the name of a file
                        // with more.
                        .setExpandAtFiles(false)
                        .setParameterExceptionHandler(this::refuse)
                        .setExecutionExceptionHandler(this::fail);
        addHelp(line);
        line.getSubcommands().values().forEach(Door::addHelp);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /// Every command explains itself.
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
        return line.execute(arguments);
    }

    private int refuse(ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println("homing: " + refusal.getMessage());
        UnmatchedArgumentException.printSuggestions(refusal, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private int fail(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof IOException) {
            shell.err().println("homing: " + failure.getMessage());
        } else {
            shell.err().println("homing: this is a defect of Homing, please report it:");
            failure.printStackTrace(shell.err());
        }
        return ExitCode.FAILED;
    }
}
