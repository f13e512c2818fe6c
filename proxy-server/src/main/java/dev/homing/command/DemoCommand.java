package dev.homing.command;

import java.io.IOException;
import java.util.concurrent.Callable;
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
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing demo",
            "  homing demo --keep",
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

    DemoCommand(Shell shell, Demo demo) {
        this.shell = shell;
        this.demo = demo;
    }

    @Override
    public Integer call() throws IOException {
        return demo.run(isKept, shell.out());
    }
}
