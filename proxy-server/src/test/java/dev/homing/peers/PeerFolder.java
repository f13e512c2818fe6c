package dev.homing.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where `.ci/peers` puts the servers that it builds: the folder that `QUIC_PEERS` names, else
/// `homing-peers` in `XDG_CACHE_HOME` or `~/.cache`.
final class PeerFolder {

    private static final Path SOURCES = Path.of("src", "test", "peers");

    private PeerFolder() {}

    /// A server's program; skips the test that asks if it is not there or was built from sources
    /// other than the repository's.
    static String find(String name) throws IOException {
        Path folder = in(System.getenv(), Path.of(System.getProperty("user.home")));
        Path program = folder.resolve("bin").resolve(name);
        assumeTrue(Files.isExecutable(program), "there is no " + program + ": .ci/peers builds it");
        assumeTrue(
                isCopied(SOURCES.resolve(name), folder.resolve("src").resolve(name)),
                program + " was made from other sources: .ci/peers makes it anew");
        return program.toString();
    }

    static Path in(Map<String, String> environment, Path home) {
        String chosen = environment.getOrDefault("QUIC_PEERS", "");
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        return (cache.isEmpty() ? home.resolve(".cache") : Path.of(cache)).resolve("homing-peers");
    }

    private static boolean isCopied(Path folder, Path copy) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path copied = copy.resolve(folder.relativize(file));
            if (!Files.exists(copied) || Files.mismatch(file, copied) >= 0) {
                return false;
            }
        }
        return true;
    }
}
