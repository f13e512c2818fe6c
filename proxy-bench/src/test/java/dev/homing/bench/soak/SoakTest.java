package dev.homing.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.soak.fleet.Fleet;
import dev.homing.bench.soak.report.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Short soaks with processes of their own, as from the command line: one that is clean, and some
/// that must not be.
class SoakTest {

    /// In its first seconds: clients move, a server is removed, another one drained by a request,
    /// and the file of addresses is bad.
    private static final long SEED = 1544;

    @TempDir Path folder;

    private SoakOptions options(int seconds) {
        return SoakOptions.of(Duration.ofSeconds(seconds), SEED, folder);
    }

    @Test
    void aHomingThatIsRightHasNoViolation() throws IOException, InterruptedException {
        Outcome outcome;
        try (Soak soak = new Soak(options(8), progress -> {})) {
            outcome = soak.run();
        }
        assertEquals(0, outcome.violationCount(), () -> outcome.violations().toString());
        assertTrue(outcome.isClean());
        assertTrue(outcome.counts().transfers() > 0, outcome::toString);
        assertTrue(outcome.restsBalanced() >= 2, outcome::toString);
        assertTrue(outcome.datagrams() > 0, outcome::toString);
        assertFalse(outcome.events().isEmpty());
    }

    /// The server IDs of two servers are exchanged, so that who moves gets to the wrong one.
    @Test
    void aHomingThatMovesConnectionsToTheWrongServerIsFound()
            throws IOException, InterruptedException {
        SoakOptions wrong =
                options(30)
                        .stoppingAtFirst(true)
                        .waiting(Duration.ofSeconds(3))
                        .twisted(yaml ->
                                yaml.replace("backend: s0}", "backend: other}")
                                        .replace("backend: s1}", "backend: s0}")
                                        .replace("backend: other}", "backend: s1}"));
        Outcome outcome;
        try (Soak soak = new Soak(wrong, progress -> {})) {
            outcome = soak.run();
        }
        assertTrue(
                outcome.violations().stream()
                        .anyMatch(violation ->
                                violation.rule().startsWith("a new connection must")
                                        || violation.rule().startsWith("a connection must")),
                () -> outcome.violations().toString());
    }

    @Test
    @Tag("soak")
    void aServerThatDiesWithoutAnEventIsFound() throws IOException, InterruptedException {
        Outcome outcome;
        AtomicReference<Fleet> fleet = new AtomicReference<>();
        try (Soak soak =
                new Soak(
                        options(30).stoppingAtFirst(true),
                        progress -> {
                            // As anybody could: the soak is not told.
                            if (progress.counts().transfers() > 0 && fleet.get() != null) {
                                ProcessHandle.of(fleet.getAndSet(null).server(0).pid())
                                        .orElseThrow()
                                        .destroyForcibly();
                            }
                        })) {
            fleet.set(soak.fleet());
            outcome = soak.run();
        }
        assertNull(fleet.get(), "nobody was killed");
        // Its own end, that of a connection to it, or one that never came about.
        assertNotEquals(0, outcome.violationCount());
    }
}
