package dev.homing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Network;
import dev.homing.control.reload.ReloadResult;
import dev.homing.control.reload.Trigger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How changes come into force while Homing runs, and how they do not.
class ServiceReloadTest {

    private static final String ONE =
            "pools: {web: {backends: [{name: a, address: \"127.0.0.1:9\"}]}}\n";
    private static final String TWO =
            "pools: {web: {backends: [{name: a, address: \"127.0.0.1:9\"}, {name: b, address: \"127.0.0.2:9\"}]}}\n";

    private static final String UNWATCHED = "reload: {watch: false}\n";

    @TempDir private Path folder;

    @Test
    void aFileThatIsWrittenComesIntoForceByItself() throws Exception {
        try (RunningService homing = new RunningService(folder, ONE)) {
            homing.write(TWO);

            homing.awaitBackends("a", "b");
        }
    }

    @Test
    void aFileThatIsNotWatchedComesIntoForceWhenSomebodySaysSo() throws Exception {
        try (RunningService homing = new RunningService(folder, ONE + UNWATCHED)) {
            homing.write(TWO + UNWATCHED);

            HttpResponse<String> answer = homing.post("/config/reload");

            assertEquals(200, answer.statusCode());
            assertEquals("application/json", answer.headers().firstValue("content-type").get());
            assertTrue(
                    answer.body().startsWith("{\"result\":\"applied\",\"table\":2,\"changes\":["),
                    answer.body());
            assertTrue(
                    answer.body().contains("\"pools.web.backends.b.address: 127.0.0.2:9\""),
                    answer.body());
            homing.awaitBackends("a", "b");
        }
    }

    @Test
    void aReloadOfTheSameMakesNoTable() throws Exception {
        try (RunningService homing = new RunningService(folder, ONE)) {
            long table = homing.proxy().routing().number();

            HttpResponse<String> answer = homing.post("/config/reload");

            assertEquals(
                    "{\"result\":\"unchanged\",\"changes\":[],\"warnings\":[]}\n", answer.body());
            assertEquals(table, homing.proxy().routing().number());
        }
    }

    @Test
    void aBadFileIsRefusedWholeAndToldOfEverywhereUntilItIsGood() throws Exception {
        try (RunningService homing = new RunningService(folder, ONE + UNWATCHED)) {
            String hash = hash(homing);
            homing.write(
                    "pools: {web: {backends: [{name: b, address: \"127.0.0.2:9\"}], balance: flwo}}\nqueues: {capacity: 5}\n");

            HttpResponse<String> answer = homing.post("/config/reload");

            assertEquals(409, answer.statusCode());
            assertTrue(
                    answer.body().startsWith("{\"result\":\"refused\",\"problems\":[{\"file\":"));
            assertTrue(
                    answer.body()
                            .contains("\"line\":3,\"column\":71,\"key\":\"pools.web.balance\""),
                    answer.body());
            assertTrue(answer.body().contains("\"key\":\"queues.capacity\""), answer.body());
            assertEquals(List.of("a"), homing.backends());
            assertMetric(homing, "homing_config_last_reload_successful 0.0");
            assertEquals(hash, hash(homing));
            HttpResponse<String> ready = homing.get("/readyz?verbose");
            assertEquals(200, ready.statusCode());
            assertTrue(
                    ready.body().contains("[+]ready: ready\n[-]configuration: refused since 20"),
                    ready.body());
            assertTrue(ready.body().contains("problems: 2, the first: "), ready.body());

            assertInstanceOf(ReloadResult.Applied.class, homing.reload(TWO + UNWATCHED));

            assertMetric(homing, "homing_config_last_reload_successful 1.0");
            assertTrue(homing.get("/readyz?verbose").body().contains("[+]configuration: in force"));
            assertFalse(hash(homing).equals(hash));
        }
    }

    @Test
    void whatNeedsARestartIsNamedAndKeepsTheRestOutOfForce() throws Exception {
        try (RunningService homing = new RunningService(folder, ONE)) {
            ReloadResult.Refused refused =
                    assertInstanceOf(
                            ReloadResult.Refused.class,
                            homing.reload(TWO + "queues: {capacity: 128}\nlog: {level: warn}\n"));

            assertEquals(
                    List.of("queues", "log"),
                    refused.problems().stream().map(problem -> problem.key()).toList());
            assertEquals(List.of("a"), homing.backends());
        }
    }

    @Test
    void aFileOfAddressesIsWatchedAndRefusedWhole() throws Exception {
        Path servers = Files.writeString(folder.resolve("servers"), "a=127.0.0.1:9\n");
        String yaml = "pools: {web: {backends-file: " + servers + "}}\n";
        try (RunningService homing = new RunningService(folder, yaml)) {
            Files.writeString(servers, "a=127.0.0.1:9\nb=127.0.0.2:9\n");
            homing.awaitBackends("a", "b");

            Files.writeString(servers, "c=127.0.0.3:9\nd=\n");
            assertInstanceOf(ReloadResult.Refused.class, homing.reload());
            assertEquals(List.of("a", "b"), homing.backends());

            // The refused one is watched, too.
            Files.writeString(servers, "a=127.0.0.1:9\nb=127.0.0.2:9\nc=127.0.0.3:9\n");
            homing.awaitBackends("a", "b", "c");
        }
    }

    /// A name server that a test has in hand.
    private static final class TestNetwork implements Network {

        private final Network machine = Network.ofThisMachine(waiting -> {});
        private final Queue<String> asked = new ConcurrentLinkedQueue<>();
        private volatile Optional<String> address = Optional.of("127.0.0.5");

        @Override
        public List<InetAddress> resolve(String name) throws UnknownHostException {
            asked.add(name);
            return List.of(
                    InetAddress.ofLiteral(
                            address.orElseThrow(() -> new UnknownHostException(name))));
        }

        @Override
        public boolean isOwn(InetAddress address) {
            return machine.isOwn(address);
        }

        @Override
        public void waiting(String sentence) {
            machine.waiting(sentence);
        }
    }

    private static final String NAMED =
            "pools: {web: {backends: [{name: a, address: \"web.test:9\"}]}}\n";

    @Test
    void aNameThatCannotBeResolvedKeepsTheOldConfiguration() throws Exception {
        TestNetwork network = new TestNetwork();
        try (RunningService homing = new RunningService(folder, NAMED, network)) {
            network.address = Optional.empty();

            ReloadResult.Refused refused =
                    assertInstanceOf(ReloadResult.Refused.class, homing.reload());

            assertTrue(refused.problems().getFirst().what().contains("has no address"));
            assertEquals(List.of("a"), homing.backends());
        }
    }

    @Test
    void aNameMovesItsBackendWhileTheFileIsBad() throws Exception {
        TestNetwork network = new TestNetwork();
        try (RunningService homing = new RunningService(folder, NAMED + UNWATCHED, network)) {
            assertInstanceOf(ReloadResult.Refused.class, homing.reload("pools: {web: 5}\n"));
            network.address = Optional.of("127.0.0.6");

            assertInstanceOf(ReloadResult.Applied.class, homing.reload(Trigger.NAMES));

            assertTrue(homing.get("/backends").body().contains("\"address\":\"127.0.0.6:9\""));
            // The file is as bad as it was.
            assertMetric(homing, "homing_config_last_reload_successful 0.0");
            assertTrue(homing.get("/readyz?verbose").body().contains("[-]configuration: refused"));

            assertInstanceOf(ReloadResult.Unchanged.class, homing.reload(NAMED + UNWATCHED));
            assertMetric(homing, "homing_config_last_reload_successful 1.0");
        }
    }

    @Test
    void aRefusedFileLeavesTheNamesInForceToBeFollowed() throws Exception {
        TestNetwork network = new TestNetwork();
        try (RunningService homing = new RunningService(folder, NAMED + UNWATCHED, network)) {
            network.asked.clear();
            assertInstanceOf(
                    ReloadResult.Refused.class,
                    homing.reload(
                            NAMED.replace("web.test", "other.test") + "queues: {capacity: 5}\n"));

            assertEquals(List.of("other.test", "web.test"), List.copyOf(network.asked));
        }
    }

    @Test
    void whoeverAsksAtTheSameTimeGetsAnAnswer() throws Exception {
        try (RunningService homing = new RunningService(folder, ONE)) {
            homing.write(TWO);
            List<HttpResponse<String>> answers =
                    IntStream.range(0, 8).parallel().mapToObj(i -> quietly(homing)).toList();
            assertTrue(answers.stream().allMatch(answer -> answer.statusCode() == 200));
            homing.awaitBackends("a", "b");
        }
    }

    private static HttpResponse<String> quietly(RunningService homing) {
        try {
            return homing.post("/config/reload");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String hash(RunningService homing) throws Exception {
        String text = homing.get("/metrics").body();
        int at = text.indexOf("homing_config_hash_info{hash=\"") + 30;
        return text.substring(at, at + 16);
    }

    private static void assertMetric(RunningService homing, String line) throws Exception {
        String text = homing.get("/metrics").body();
        assertTrue(text.contains("\n" + line + "\n"), () -> "no " + line + " in " + text);
    }
}
