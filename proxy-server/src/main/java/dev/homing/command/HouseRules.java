package dev.homing.command;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// How a command line of this project speaks, whichever commands it has: help for every command,
/// one sentence for a mistake or a broken machine, a stack trace for a defect.
public final class HouseRules {

    /// Wide enough for the examples, narrow enough for half a screen.
    private static final int HELP_WIDTH = 100;

    private final Shell shell;
    private final String program;
    private final Predicate<Exception> isTold;

    /// @param program what stands before its sentences, as in `homing: …`
    /// @param isTold whether an exception's message is a sentence for users, besides those of
    ///   [IOException]
    public HouseRules(Shell shell, String program, Predicate<Exception> isTold) {
        this.shell = shell;
        this.program = program;
        this.isTold = isTold;
    }

    /// Once the line has all its commands.
    public CommandLine rule(CommandLine line) {
        Ansi ansi = shell.isColourful(shell.isOutTerminal()) ? Ansi.ON : Ansi.OFF;
        line.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(HELP_WIDTH)
                // An argument that begins with @ is what it is, and not the name of a file with
                // more.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(this::refuse)
                .setExecutionExceptionHandler(this::fail);
        addHelp(line);
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
    }

    /// Every command explains itself, and so do those that it has.
    private static void addHelp(CommandLine command) {
        if (command.getCommandSpec().findOption("--help") == null) {
            command.getCommandSpec()
                    .addOption(
                            OptionSpec.builder("-h", "--help")
                                    .usageHelp(true)
                                    .description("Print this help and exit.")
                                    .build());
        }
        command.getSubcommands().values().forEach(HouseRules::addHelp);
    }

    private int refuse(ParameterException refusal, String[] arguments) {
        CommandLine command = refusal.getCommandLine();
        command.getErr().println(program + ": " + refusal.getMessage());
        UnmatchedArgumentException.printSuggestions(refusal, command.getErr());
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private int fail(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof IOException || isTold.test(failure)) {
            shell.err().println(program + ": " + failure.getMessage());
        } else {
            shell.err().println(program + ": this is a defect of Homing, please report it:");
            failure.printStackTrace(shell.err());
        }
        return ExitCode.FAILED;
    }
}
