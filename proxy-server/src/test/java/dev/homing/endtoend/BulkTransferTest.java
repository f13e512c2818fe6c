package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.peers.BulkClient;
import dev.homing.peers.EcnVerdict;
import dev.homing.peers.GtlsClient;
import dev.homing.peers.GtlsServer;
import dev.homing.peers.QuicLbServer;
import dev.homing.peers.QuicLbServer.Stack;
import dev.homing.peers.Site;
import dev.homing.testkit.Eventually;
import dev.homing.testkit.QuicLbIds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Much at once, by stacks that send trains (UDP_SEGMENT) and mark what they send (ECN): whoever
/// receives compares every octet, and both ends have validated ECN and kept to it.
///
/// | stack | sends trains | receives trains | says of ECN |
/// |---|---|---|---|
/// | quic-go | yes | no | its state, and how many marks came |
/// | quinn | yes | UDP_GRO | whether it still marks, and how many marks came |
/// | ngtcp2 | the server | no | "path is ECN capable" |
///
/// `-Dhoming.bulk.megabytes=N`: how much goes each way, 200 unless said; a quarter of it with
/// quinn, which is built for quick building.
@Tag("quic")
class BulkTransferTest {

    private static final long BYTES = Long.getLong("homing.bulk.megabytes", 200) * 1_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final QuicLbIds IDS = QuicLbIds.plaintext(0, "0a0b", 8);

    @TempDir Path folder;

    private Site site;

    @BeforeEach
    void fillSite() throws IOException {
        site = Site.in(folder);
    }

    /// Both ways at once: who only fetches sends too little to make up its mind about ECN.
    @ParameterizedTest
    @CsvSource({
        "QUIC_GO, RUN_TO_COMPLETION, 127.0.0.1:0, 127.0.0.1",
        "QUIC_GO, DEDICATED_RECEIVERS, '[::1]:0', 127.0.0.1",
        "QUINN, RUN_TO_COMPLETION, 127.0.0.1:0, ::1",
        "QUINN, DEDICATED_RECEIVERS, 127.0.0.1:0, 127.0.0.1",
    })
    void everyOctetArrivesAndBothEndsValidateEcn(
            Stack stack, Shape shape, String listen, String backend) throws Exception {
        long bytes = stack == Stack.QUINN ? BYTES / 4 : BYTES;
        try (QuicLbServer server = QuicLbServer.start(stack, site, backend, "berlin", IDS);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .listen(listen)
                                .backend("berlin", server.address())
                                .start()) {
            BulkClient.Run run =
                    BulkClient.run(stack, site, homing.address(), "echo", bytes, PATIENCE);
            assertEquals(0, run.exitCode(), () -> run.log() + homing.account());
            assertTrue(run.log().contains(" " + bytes + " octets"), run::log);

            Eventually.holds(
                    "the server sees the end of the connection",
                    () -> EcnVerdict.isIn(log(server)));
            EcnVerdict ofClient = EcnVerdict.in(run.log());
            EcnVerdict ofServer = EcnVerdict.in(server.log());
            assertTrue(ofClient.isGoodBothWays(), () -> ofClient + "\n" + homing.account());
            assertTrue(ofServer.isGoodBothWays(), () -> ofServer + "\n" + homing.account());
            if (stack == Stack.QUINN) {
                assertTrue(sendsTrains(run.log()) && sendsTrains(server.log()), run::log);
            }
            homing.assertBooksBalance();
        }
    }

    private static boolean sendsTrains(String log) {
        return Pattern.compile("longest train sent: ([2-9]|\\d{2,})").matcher(log).find();
    }

    private static String log(QuicLbServer server) {
        try {
            return server.log();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// ngtcp2's example server throws away what is sent to it, so this is one way only.
    @ParameterizedTest
    @EnumSource
    void ngtcp2DownloadsEveryOctetAndBothEndsValidateEcn(Shape shape) throws Exception {
        site.add("bulk.bin", BYTES);
        // Without -q both tell of each packet.
        Predicate<String> isOfEcn = line -> line.contains("ECN capable");
        String[] options = {"--no-quic-dump", "--no-http-dump"};
        GtlsClient client = new GtlsClient(site);
        try (GtlsServer server = GtlsServer.start(site, "127.0.0.1", isOfEcn, options);
                Homing homing = Homing.with().shape(shape).backend("a", server.address()).start()) {
            GtlsClient.Run run =
                    client.get(homing.address(), "bulk.bin", PATIENCE, isOfEcn, options);
            assertTrue(run.isGood(), () -> run + "\n" + homing.account());
            for (String log : new String[] {run.log(), server.log()}) {
                assertTrue(log.contains("path is ECN capable"), log);
                assertTrue(!log.contains("path is not ECN capable"), log);
            }
            homing.assertBooksBalance();
        }
    }
}
