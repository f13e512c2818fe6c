package dev.homing;

import dev.homing.command.Demo;
import dev.homing.control.config.value.IpText;
import dev.homing.demo.Visit;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerCounts;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `homing demo server` and `homing demo client`: the servers and clients of the demonstration,
/// each in a process of its own.
///
/// The main thread.
final class DemonstrationParts {

    private static final long PAUSE_MS = 1_000;

    private final PrintStream out;
    private final CountDownLatch told = new CountDownLatch(1);

    DemonstrationParts(PrintStream out) {
        this.out = out;
        Signals.on("TERM", told::countDown);
        Signals.on("INT", told::countDown);
    }

    /// @return the exit code
    int serve(Demo.Server wanted) throws IOException, InterruptedException {
        ServerOptions options = ServerOptions.named(wanted.name()).withAddress(wanted.address());
        try (QuicServer server = QuicServer.start(options, DemoCertificate.create())) {
            out.printf("%s at %s%n", server.name(), IpText.print(server.address()));
            out.flush();
            told.await();
            ServerCounts counts = server.counts();
            out.printf(
                    "%s: %d connections, %d transfers, %d new client addresses, %d validated%n",
                    server.name(),
                    counts.connections(),
                    counts.transfers(),
                    counts.newPaths(),
                    counts.validatedPaths());
            out.flush();
        }
        return Demonstration.PASSED;
    }

    /// @return the exit code
    int visit(Demo.Client wanted) throws IOException, InterruptedException {
        boolean isGood = true;
        int number = 0;
        do {
            number++;
            Visit.Outcome outcome = Visit.pay(wanted.balancer(), number);
            isGood &= outcome.isGood();
            out.println(number + ": " + outcome.sentence());
            out.flush();
        } while (number != wanted.visits() && !told.await(PAUSE_MS, TimeUnit.MILLISECONDS));
        return isGood ? Demonstration.PASSED : Demonstration.FAILED;
    }
}
