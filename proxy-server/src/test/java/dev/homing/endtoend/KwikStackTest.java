package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.demo.client.Transfer;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import dev.homing.testkit.KwikClient;
import dev.homing.testkit.KwikServer;
import dev.homing.testkit.Lanes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tech.kwik.core.QuicConnection;

/// kwik, QUIC in pure Java, which speaks version 2 (RFC 9369).
@Tag("quic")
class KwikStackTest {

    private static final int FIVE_MEGABYTES = 5 << 20;

    /// Clients wait most of their lives.
    private static final int AT_A_TIME = 4;

    private static DemoCertificate certificate;

    @BeforeAll
    static void makeCertificate() {
        certificate = DemoCertificate.create();
    }

    @ParameterizedTest
    @CsvSource({
        "DEDICATED_RECEIVERS, V1, 127.0.0.1, 4, false",
        "RUN_TO_COMPLETION, V2, ::1, 8, false",
        "DEDICATED_RECEIVERS, V2, 127.0.0.1, 18, true",
        "RUN_TO_COMPLETION, V1_THEN_V2, 127.0.0.1, 8, false",
        "DEDICATED_RECEIVERS, V1_THEN_V2, ::1, 4, true",
    })
    void everyVersionWorksThroughHoming(
            Shape shape, KwikClient.Version version, String backend, int idLength, boolean retry)
            throws Exception {
        KwikServer.Options options =
                KwikServer.Options.named("a")
                        .withAddress(new InetSocketAddress(InetAddress.ofLiteral(backend), 0))
                        .withConnectionIdLength(idLength)
                        .withRetry(retry);
        try (KwikServer first = KwikServer.start(options, certificate);
                KwikServer second = KwikServer.start(options, certificate);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("first", first.address())
                                .backend("second", second.address())
                                .start()) {
            for (int i = 0; i < 4; i++) {
                try (KwikClient client =
                        KwikClient.connect(
                                homing.address(),
                                certificate,
                                KwikClient.Options.STANDARD.withVersion(version))) {
                    Transfer transfer = client.get(i == 0 ? FIVE_MEGABYTES : 50_000, i);
                    assertTrue(transfer.isIntact(), () -> transfer + "\n" + homing.account());
                    assertEquals(
                            version == KwikClient.Version.V1
                                    ? QuicConnection.QuicVersion.V1
                                    : QuicConnection.QuicVersion.V2,
                            client.version());
                }
            }
            assertEquals(4, first.connections() + second.connections());
            homing.assertBooksBalance();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatChangesItsPortStaysOnItsServer(Shape shape) throws Exception {
        try (QuicServer first = QuicServer.start(ServerOptions.named("first"), certificate);
                QuicServer second = QuicServer.start(ServerOptions.named("second"), certificate);
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .backend("first", first.address())
                                .backend("second", second.address())
                                .start()) {
            KwikMigration migration =
                    new KwikMigration(List.of(first, second), certificate, homing, false);
            InetAddress next = InetAddress.ofLiteral("127.0.0.1");
            Lanes.run(AT_A_TIME, 20, number -> migration.survives(next, number));
            homing.assertBooksBalance();
        }
    }
}
