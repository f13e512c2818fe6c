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
            "Starts QUIC servers, Homing and clients on the loopback interface and prints what happens to their"
                    + " connections. It needs no configuration and leaves nothing behind.",
            ""
        },
        footer = {"", "Examples:", "  homing demo", "  homing demo --keep"})
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
