package dev.homing.bench.command;

import dev.homing.command.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// For the help only: [BenchDoor] gives JMH its arguments before they are read here.
@Command(
        name = "micro",
        sortOptions = false,
        header = "Run JMH on the steps of a datagram's way.",
        description = {
            "",
            "All arguments go to JMH: -l lists what can be measured, -h prints its own help.",
            ""
        },
        customSynopsis = "homing bench micro [JMH ARGS]",
        footer = {
            "",
            "Examples:",
            "  homing bench micro -l",
            "  homing bench micro RoutingBenchmark -prof gc",
            "  homing bench micro 'Cid.*' -f 1 -wi 2 -i 3"
        })
final class MicroCommand implements Callable<Integer> {

    static final String NAME = "micro";

    @Override
    public Integer call() throws IOException {
        return run();
    }

    static int run(String... arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
        return ExitCode.OK;
    }
}
