package dev.homing.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "version",
        sortOptions = false,
        header = "Print the versions of Homing and of what it runs on.",
        footer = {"", "Examples:", "  homing version", "  homing version --output json"})
final class VersionCommand implements Callable<Integer> {

    private final Shell shell;

    @Option(names = "--output", paramLabel = "text|json", description = "Default: text.")
    private Output output = Output.text;

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Build build = Build.ofThisProcess();
        shell.out().println(output == Output.json ? Json.write(build.values()) : build.text());
        return ExitCode.OK;
    }
}
