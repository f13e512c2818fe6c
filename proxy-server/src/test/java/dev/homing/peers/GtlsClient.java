package dev.homing.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// ngtcp2's example client, one run of it at a time.
public final class GtlsClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Site site;
    private final String path;

    /// Skips the test if the client is not installed.
    public GtlsClient(Site site) {
        this.site = site;
        path = Program.find("gtlsclient", "ngtcp2-client");
    }

    /// What came of a run.
    ///
    /// @param exitCode 0 when the client had no complaint, −1 when it took too long
    /// @param isWhole whether the file arrived octet by octet
    public record Run(int exitCode, boolean isWhole, String log) {

        public boolean isGood() {
            return exitCode == 0 && isWhole;
        }

        @Override
        public String toString() {
            int from = Math.max(0, log.length() - 4000);
            return "exit code "
                    + exitCode
                    + (isWhole ? "" : ", the file is not whole")
                    + "\n..."
                    + log.substring(from);
        }
    }

    /// Gets a file of the site from a server and compares it.
    public Run get(InetSocketAddress server, String file, String... options)
            throws IOException, InterruptedException {
        return get(server, file, PATIENCE, line -> true, options);
    }

    /// @param isKept of a line of its output, whether the log shall have it
    public Run get(
            InetSocketAddress server,
            String file,
            Duration patience,
            Predicate<String> isKept,
            String... options)
            throws IOException, InterruptedException {
        Path downloads =
                Files.createDirectories(site.folder().resolve("dl-" + RUNS.incrementAndGet()));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                path,
                                "--exit-on-all-streams-close",
                                "--download=" + downloads,
                                "--timeout=15s"));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        server.getAddress().getHostAddress(),
                        Integer.toString(server.getPort()),
                        "https://localhost/" + file));
        try (Program program =
                Program.start(site.folder(), downloads.getFileName() + ".log", command, isKept)) {
            int exitCode = program.await(patience);
            boolean isWhole = site.isWhole(file, downloads.resolve(file));
            String log = program.log();
            Files.deleteIfExists(downloads.resolve(file));
            return new Run(exitCode, isWhole, log);
        } finally {
            Files.deleteIfExists(site.folder().resolve(downloads.getFileName() + ".log"));
        }
    }
}
