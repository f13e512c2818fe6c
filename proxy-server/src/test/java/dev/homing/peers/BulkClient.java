package dev.homing.peers;

import dev.homing.control.config.value.IpText;
import dev.homing.peers.QuicLbServer.Stack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A client of quic-go or quinn that gets many octets from a demo's server, or sends them there and
/// gets them back, and compares each of them. It is the program that [QuicLbServer] is, too.
public final class BulkClient {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final int SEED = 20261121;

    /// What came of a run.
    ///
    /// @param exitCode 0 when every octet was right, −1 when it took too long
    public record Run(int exitCode, String log) {}

    private BulkClient() {}

    /// Runs to its end, or as long as patience lasts. Skips the test if the program is not there.
    ///
    /// @param verb `get`, or `echo` for both ways at once
    public static Run run(
            Stack stack,
            Site site,
            InetSocketAddress server,
            String verb,
            long lengthBytes,
            Duration patience)
            throws IOException, InterruptedException {
        try (Program program =
                Program.start(
                        site.folder(),
                        "bulk-" + RUNS.incrementAndGet() + ".log",
                        Map.of(),
                        List.of(
                                PeerFolder.find(stack.program()),
                                "--connect=" + IpText.print(server),
                                "--trusted=" + site.certificate(),
                                "--" + verb + "=" + lengthBytes,
                                "--seed=" + SEED))) {
            int exitCode = program.await(patience);
            return new Run(exitCode, program.log());
        }
    }
}
