package dev.homing.bench.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Traffic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A real Homing, watched and not.
final class WatchedHomingTest {

    private static final Setting SETTING =
            new Setting(
                    new Traffic(200, 1, 1, 1, Pattern.SOCKETS, 100, 1, 1),
                    List.of(9),
                    0,
                    false,
                    false,
                    List.of());
    private static final Homing UNWATCHED = new Homing(Subjects.RUN_TO_COMPLETION, 0, false);
    private static final Homing WATCHED = new Homing(Subjects.WATCHED, 0, true);
    private static final int CONFLICT = 409;
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();

    /// There is one trace at a time: who asks for a second one learns whether there is one.
    private int askForATrace(HomingProcess process) throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://127.0.0.1:"
                                + process.adminPort()
                                + "/trace?sample=1/1&duration=100ms");
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void beingWatchedIsAStateOfTheProcessThatRunsAlready() throws Exception {
        try (HomingProcess process = (HomingProcess) UNWATCHED.start(SETTING)) {
            try (Running watched =
                    WATCHED.start(SETTING, Map.of(Subjects.RUN_TO_COMPLETION, process))) {
                assertEquals(process.pid(), watched.pid());
                for (boolean isWarmUp : new boolean[] {true, false}) {
                    assertEquals(OK, untilOk(process), "nobody watches before");
                    try (Running.State _ = watched.enter(isWarmUp)) {
                        assertEquals(CONFLICT, askForATrace(process), "somebody watches");
                    }
                    assertEquals(OK, untilOk(process), "nobody watches afterwards");
                }
            }
            assertEquals(OK, untilOk(process), "the process is the other one's");
        }
    }

    private int untilOk(HomingProcess process) throws IOException, InterruptedException {
        int status = askForATrace(process);
        long end = System.nanoTime() + 10_000_000_000L;
        while (status != OK && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
            status = askForATrace(process);
        }
        return status;
    }

    @Test
    void aloneItHasAProcessOfItsOwnAndDoesNotSayThatItWasWatchedAfterItsEnd() throws IOException {
        HomingProcess process;
        try (Running watched = WATCHED.start(SETTING, Map.of())) {
            process = ((WatchedHoming) watched).process();
            assertEquals(0, watched.account().sessions());
        }
        assertThrows(IOException.class, process::account, "it has ended");
        assertThrows(IOException.class, () -> new WatchedHoming(process, false).enter(false));
    }
}
