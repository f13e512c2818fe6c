package dev.homing.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "rehearse",
        hidden = true,
        header = "Run the proxy for a few seconds with traffic of its own, for the JVM to watch.",
        description = {
            "",
            "For the launcher and the container image, which make the cache that starts are fast with:"
                    + " java @java.options -XX:AOTCacheOutput=homing.aot -jar proxy-server.jar rehearse",
            "",
            "Exit codes: 0 clients of all kinds were answered, 1 not so."
        })
final class RehearseCommand implements Callable<Integer> {

    private final Rehearse rehearse;

    RehearseCommand(Rehearse rehearse) {
        this.rehearse = rehearse;
    }

    @Override
    public Integer call() throws IOException {
        return rehearse.run();
    }
}
