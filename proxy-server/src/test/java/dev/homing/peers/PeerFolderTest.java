package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The same order as in `.ci/peers`.
class PeerFolderTest {

    private static final Path HOME = Path.of("/home/me");

    @Test
    void itIsInTheCacheUnlessNamed() {
        assertEquals(HOME.resolve(".cache/homing-peers"), PeerFolder.in(Map.of(), HOME));
        assertEquals(
                HOME.resolve(".cache/homing-peers"),
                PeerFolder.in(Map.of("QUIC_PEERS", "", "XDG_CACHE_HOME", ""), HOME));
        assertEquals(
                Path.of("/cache/homing-peers"),
                PeerFolder.in(Map.of("XDG_CACHE_HOME", "/cache"), HOME));
        assertEquals(
                Path.of("/peers"),
                PeerFolder.in(Map.of("QUIC_PEERS", "/peers", "XDG_CACHE_HOME", "/cache"), HOME));
    }
}
