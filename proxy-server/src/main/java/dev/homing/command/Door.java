package dev.homing.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/// Where arguments come in and an exit code goes out.
public final class Door {

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
        commands.put("top", () -> new TopCommand(shell));
        commands.put("doctor", () -> new DoctorCommand(shell));
        commands.put("trace", () -> new TraceCommand(shell));
        commands.put("capture", () -> new CaptureCommand(shell));
        commands.put("drain", () -> new DrainCommand(shell));
        commands.put("activate", () -> new ActivateCommand(shell));
        commands.put("version", () -> new VersionCommand(shell));
        commands.put("demo", () -> DemoCommand.line(shell, demo));
        commands.put("rehearse", () -> new RehearseCommand(rehearse));
        // Not a method reference: the JVM dies of one to a class of Java 5 when it writes its
        // cache.
        commands.put("help", () -> new CommandLine.HelpCommand());
    }

    /// @param first what was typed first: if it is a command, the others need not exist, and
    ///   picocli takes a tenth of a start to make them
    private CommandLine line(String first) {
        CommandLine line = new CommandLine(new HomingCommand(shell));
        boolean isAlone = commands.containsKey(first) && !first.equals("help");
        commands.forEach((name, command) -> {
            if (!isAlone || name.equals(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        return new HouseRules(shell, "homing", failure -> false).rule(line);
    }

    public int enter(String... arguments) {
        return line(arguments.length == 0 ? "" : arguments[0]).execute(arguments);
    }
}
