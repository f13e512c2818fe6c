package dev.homing.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "client",
        sortOptions = false,
        header = "Visit a Homing with the demonstration's servers behind it.",
        description = {
            "",
            "Once a second, opens a connection and gets bytes; gets a new address in the middle of the second transfer, as"
                    + " from a NAT that forgot it; and gets more. Prints a line for each visit. It believes any"
                    + " certificate: it shows where datagrams go, and not who serves.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 every byte came, and every visit stayed with its server, 1 not so, 2 wrong usage."
        })
final class DemoClientCommand implements Callable<Integer> {

    private final Shell shell;
    private final Demo demo;

    /// This command, as picocli made it.
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--connect",
            paramLabel = "ADDRESS",
            description = "Where Homing listens. Default: 127.0.0.1:4433.")
    private String connect = "127.0.0.1:4433";

    @Option(
            names = "--visits",
            paramLabel = "NUMBER",
            description = "How many. Default: 0, until SIGTERM.")
    private int visits;

    DemoClientCommand(Shell shell, Demo demo) {
        this.shell = shell;
        this.demo = demo;
    }

    @Override
    public Integer call() throws IOException {
        return demo.run(
                new Demo.Client(DemoAddress.read("--connect", connect, spec), visits), shell.out());
    }
}
