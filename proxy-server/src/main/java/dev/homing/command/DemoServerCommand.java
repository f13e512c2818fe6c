package dev.homing.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "server",
        sortOptions = false,
        header = "Run one QUIC server of the demonstration until SIGTERM.",
        description = {
            "",
            "Answers the demonstration's clients with bytes, and with its name. Its certificate is its own, made at start.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 ended as asked, 1 the machine does not allow it, 2 wrong usage."
        })
final class DemoServerCommand implements Callable<Integer> {

    private final Shell shell;
    private final Demo demo;

    /// This command, as picocli made it.
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What it calls itself. Default: amber.")
    private String name = "amber";

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Where it listens. Default: 0.0.0.0:4433.")
    private String listen = "0.0.0.0:4433";

    DemoServerCommand(Shell shell, Demo demo) {
        this.shell = shell;
        this.demo = demo;
    }

    @Override
    public Integer call() throws IOException {
        return demo.run(
                new Demo.Server(name, DemoAddress.read("--listen", listen, spec)), shell.out());
    }
}
