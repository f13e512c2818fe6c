package dev.homing.bench.soak.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.bench.soak.plan.Mistake;
import dev.homing.bench.soak.plan.Source;
import dev.homing.bench.soak.plan.Threads;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is written, as Homing reads it.
class ConfigurationFilesTest {

    private static final int LISTED = 0;
    private static final int IN_FILE = 1;
    private static final int NAMED = 2;

    /// A scheme wants some server ID.
    private static final int STAYS = 3;

    @TempDir Path folder;

    private List<Listing> listings;
    private ConfigurationFiles files;

    @BeforeEach
    void write() throws IOException {
        listings =
                List.of(
                        new Listing(new Server(LISTED, 20_000), Source.CONFIGURATION),
                        new Listing(new Server(IN_FILE, 20_001), Source.FILE),
                        new Listing(new Server(NAMED, 20_002), Source.NAME),
                        new Listing(new Server(STAYS, 20_003), Source.CONFIGURATION));
        files =
                new ConfigurationFiles(
                        folder,
                        20_004,
                        20_005,
                        listings,
                        new Threads(0, 1),
                        UnaryOperator.identity());
        files.write();
    }

    /// A name means whatever the name server is to say.
    private Outcome read() {
        Network network =
                new Network() {
                    @Override
                    public List<InetAddress> resolve(String name) {
                        assertEquals(listings.get(NAMED).dnsName(), name);
                        return List.of(InetAddress.ofLiteral(listings.get(NAMED).ip()));
                    }

                    @Override
                    public boolean isOwn(InetAddress address) {
                        return address.isLoopbackAddress();
                    }

                    @Override
                    public void waiting(String sentence) {}
                };
        return new ConfigurationLoader(network).load(Sources.of(files.path().toString(), Map.of()));
    }

    private List<String> backends() {
        Configuration read =
                assertInstanceOf(Outcome.Accepted.class, read(), "refused").configuration();
        return read.pools().getFirst().backends().stream()
                .map(backend -> backend.name() + backend.address() + " " + backend.state())
                .sorted()
                .toList();
    }

    @Test
    void aServerLeavesWhereItIsKnownFromAndComesBack() throws IOException {
        List<String> all = backends();
        assertEquals(
                List.of(
                        "s0/127.0.0.1:20000 ACTIVE",
                        "s1/127.0.0.1:20001 ACTIVE",
                        "s2/127.0.0.1:20002 ACTIVE",
                        "s3/127.0.0.1:20003 ACTIVE"),
                all);
        for (int server : new int[] {LISTED, IN_FILE, NAMED}) {
            files.remove(server);
        }
        files.write();
        assertEquals(
                List.of(
                        "s1/127.9.0.2:20001 ACTIVE",
                        "s2/127.9.0.3:20002 ACTIVE",
                        "s3/127.0.0.1:20003 ACTIVE"),
                backends());
        for (int server : new int[] {LISTED, IN_FILE, NAMED}) {
            files.add(server);
            files.drain(server, true);
        }
        files.write();
        assertEquals(
                all.stream()
                        .map(line ->
                                line.startsWith("s3") ? line : line.replace("ACTIVE", "DRAINING"))
                        .toList(),
                backends());
    }

    @Test
    void whatIsToHoldIsAnotherTextAfterEachChange() {
        String before = files.text();
        for (int server : new int[] {LISTED, IN_FILE, NAMED}) {
            files.remove(server);
            assertNotEquals(before, files.text());
            files.add(server);
            assertEquals(before, files.text());
        }
    }

    /// What needs a restart is for a running instance to refuse.
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NEEDS_RESTART")
    void aMistakeIsOneAndTheGoodFilesPutItRight(Mistake mistake) throws IOException {
        files.write(mistake);
        assertFalse(files.isWritten());
        assertInstanceOf(Outcome.Refused.class, read());
        files.write();
        assertTrue(files.isWritten());
        assertInstanceOf(Outcome.Accepted.class, read());
    }
}
