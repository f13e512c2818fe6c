package dev.homing.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        sortOptions = false,
        header = "Show on this machine what Homing does.",
        description = {
            "",
            "Starts three QUIC servers, Homing in front of them, and clients, half of which get a new address in"
                    + " mid-transfer. Prints what went where. Everything is on the loopback interface and leaves nothing"
                    + " behind.",
            "",
            "'server' and 'client' are the parts by themselves, to be put behind and before a Homing elsewhere"
                    + " (docker/compose.yaml).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing demo",
            "  homing demo --keep",
            "  homing demo server --name amber --listen 127.0.0.1:4434",
            "  homing demo client --connect 127.0.0.1:4433 --visits 10",
            "",
            "Exit codes: 0 every byte arrived and every connection stayed on its server, 1 not so."
        })
final class DemoCommand implements Callable<Integer> {

    private final Shell shell;
    private final Demo demo;

    @Option(
            names = "--keep",
            description = "Keep everything running after the show, until interrupted.")
    private boolean isKept;

    private DemoCommand(Shell shell, Demo demo) {
        this.shell = shell;
        this.demo = demo;
    }

    /// With the commands that are parts of it.
    static CommandLine line(Shell shell, Demo demo) {
        return new CommandLine(new DemoCommand(shell, demo))
                .addSubcommand(new DemoServerCommand(shell, demo))
                .addSubcommand(new DemoClientCommand(shell, demo));
    }

    @Override
    public Integer call() throws IOException {
        return demo.run(new Demo.Show(isKept), shell.out());
    }
}
