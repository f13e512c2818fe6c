package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.testkit.Lanes;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that take a new address and a new connection ID at once (RFC 9000 section 9.5), so that
/// nothing in their datagrams has been seen before.
@Tag("quic")
class ActiveMigrationTest {

    private static final int CONNECTIONS = 20;

    /// Clients wait most of their lives.
    private static final int AT_A_TIME = 4;

    private static DemoCertificate certificate;

    @BeforeAll
    static void makeCertificate() {
        certificate = DemoCertificate.create();
    }

    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, PLAINTEXT, false",
        "RUN_TO_COMPLETION, PLAINTEXT, true",
        "RUN_TO_COMPLETION, SINGLE_PASS, false",
        "DEDICATED_RECEIVERS, FOUR_PASS, true",
        "DEDICATED_RECEIVERS, ENVOY, false",
        "RUN_TO_COMPLETION, AWS_NLB, false",
        "RUN_TO_COMPLETION, MVFST, false",
        "DEDICATED_RECEIVERS, MSQUIC_FIXED, true",
        "DEDICATED_RECEIVERS, MSQUIC_IP, true",
    })
    void twentyOfTwentyConnectionsSurviveItWithAScheme(
            Shape shape, NamingServers naming, boolean retry) throws Exception {
        try (Fleet fleet = new Fleet(naming, retry);
                Homing homing = fleet.homing(shape, naming)) {
            Lanes.run(AT_A_TIME, CONNECTIONS, number -> survives(fleet, homing, number));
            assertTrue(homing.books().routed(RouteMethod.DECODED) > CONNECTIONS, homing::account);
            assertEquals(0, homing.books().happened(Event.CONNECTION_ID_MISNAMED));
            if (!retry) {
                assertEquals(
                        0,
                        homing.books().happened(Event.CONNECTION_ID_LEARNED),
                        "what says whose it is need not be remembered");
            }
            homing.assertBooksBalance();
        }
    }

    private static void survives(Fleet fleet, Homing homing, int number) throws IOException {
        new KwikMigration(fleet.servers, certificate, homing, true)
                .survives(InetAddress.ofLiteral("127.0.0." + (2 + number)), number);
    }

    /// Which is why docs/SERVERS.md asks for one: the first datagram from the new address can only
    /// be hashed.
    @Test
    void withoutASchemeTheServerIsFoundByChanceOnly() throws Exception {
        try (Fleet fleet = new Fleet(NamingServers.PLAINTEXT, false);
                Homing homing =
                        fleet.backends(Homing.with().shape(Shape.RUN_TO_COMPLETION)).start()) {
            int lost = 0;
            for (int i = 0; i < CONNECTIONS && lost == 0; i++) {
                try {
                    survives(fleet, homing, i);
                } catch (IOException e) {
                    lost++; // no answer
                }
            }
            // Each is found with probability 1/3: one in 3 486 784 401 that none is lost.
            assertEquals(1, lost);
            homing.assertBooksBalance();
        }
    }

    /// Three servers whose connection IDs name them.
    private static final class Fleet implements AutoCloseable {

        private final List<QuicServer> servers = new ArrayList<>();

        Fleet(NamingServers naming, boolean retry) throws IOException {
            for (int i = 0; i < 3; i++) {
                ServerOptions options =
                        ServerOptions.named("s" + i)
                                .withAddress(naming.address(i))
                                .withRetry(retry);
                servers.add(QuicServer.start(naming.issue(options, i), certificate));
            }
        }

        Homing.Setup backends(Homing.Setup setup) {
            servers.forEach(server -> setup.backend(server.name(), server.address()));
            return setup;
        }

        Homing homing(Shape shape, NamingServers naming) {
            return naming.configure(backends(Homing.with().shape(shape))).start();
        }

        @Override
        public void close() {
            servers.forEach(QuicServer::close);
        }
    }
}
