package dev.homing.bench.command;

import dev.homing.command.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// For the help only: [BenchDoor] gives JMH its arguments before they are read here.
@Command(
        name = "micro",
        sortOptions = false,
        header = "Run JMH on the steps of a datagram's way.",
        description = {
            "",
            "All arguments go to JMH: -l lists what can be measured, -h prints its own help. Unless a profiler is asked for"
                    + " (-prof), it is the one that counts allocated octets.",
            ""
        },
        customSynopsis = "homing bench micro [JMH ARGS]",
        footer = {
            "",
            "Examples:",
            "  homing bench micro -l",
            "  homing bench micro RoutingBenchmark",
            "  homing bench micro 'Cid.*' -f 1 -wi 2 -i 3"
        })
final class MicroCommand implements Callable<Integer> {

    static final String NAME = "micro";

    @Override
    public Integer call() throws IOException {
        return run();
    }

    static int run(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("-prof")) {
            all.addAll(List.of("-prof", "gc"));
        }
        org.openjdk.jmh.Main.main(all.toArray(new String[0]));
        return ExitCode.OK;
    }
}
