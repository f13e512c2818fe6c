package dev.homing.command;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
    private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

    public Door(Shell shell, Launch launch, Demo demo, Rehearse rehearse) {
        this.shell = shell;
        commands.put("run", () -> new RunCommand(shell, launch));
        commands.put("check", () -> new CheckCommand(shell));
        commands.put("print-config", () -> new PrintConfigCommand(shell));
        commands.put("decode-cid", () -> new DecodeCidCommand(shell));
        commands.put("encode-cid", () -> new EncodeCidCommand(shell));
        commands.put("explain", () -> new ExplainCommand(shell));
        commands.put("version", () -> new VersionCommand(shell));
        commands.put("demo", () -> new DemoCommand(shell, demo));
        commands.put("rehearse", () -> new RehearseCommand(rehearse));
        // Not a method reference: the JVM dies of one to a class of Java 5 when it writes its
        // cache.
        commands.put("help", () -> new CommandLine.HelpCommand());
    }

    /// @param first what was typed first: if it is a command, the others need not exist, and
    ///   picocli takes a tenth of a start to make them
    private CommandLine line(String first) {
        Ansi outAnsi = shell.isColourful(shell.isOutTerminal()) ? Ansi.ON : Ansi.OFF;
        CommandLine line = new CommandLine(new HomingCommand(shell));
        boolean isAlone = commands.containsKey(first) && !first.equals("help");
        commands.forEach((name, command) -> {
            if (!isAlone || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        line.setOut(writer(shell.out()))
                .setErr(writer(shell.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(outAnsi))
                .setUsageHelpWidth(HELP_WIDTH)
                // An argument that begins with @ is what it is, and not the name of a file with
                // more.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(this::refuse)
                .setExecutionExceptionHandler(this::fail);
        addHelp(line);
        line.getSubcommands().values().forEach(Door::addHelp);
        return line;
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
        return line(arguments.length == 0 ? "" : arguments[0]).execute(arguments);
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
