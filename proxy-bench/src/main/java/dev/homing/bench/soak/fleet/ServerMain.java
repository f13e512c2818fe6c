package dev.homing.bench.soak.fleet;

import dev.homing.command.Json;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Map;

/// A process with one QUIC server: `NAME PORT SERVER-ID`. Says its certificate in a line of JSON,
/// and ends with its input.
public final class ServerMain {

    private ServerMain() {}

    public static void main(String[] arguments) throws IOException, CertificateEncodingException {
        ServerOptions options =
                ServerOptions.named(arguments[0])
                        .withAddress(
                                new InetSocketAddress(
                                        InetAddress.getLoopbackAddress(),
                                        Integer.parseInt(arguments[1])))
                        .withConnectionIdLength(ConnectionIdFormat.connectionIdLength())
                        .withConnectionIds(ConnectionIdFormat.generator(arguments[2]));
        DemoCertificate certificate = DemoCertificate.create();
        try (QuicServer server = QuicServer.start(options, certificate)) {
            System.out.println(
                    Json.line(
                            Map.of(
                                    "port",
                                    server.address().getPort(),
                                    "certificate",
                                    Base64.getEncoder()
                                            .encodeToString(certificate.x509().getEncoded()))));
            System.out.flush();
            while (System.in.read() >= 0) {
                // nothing is asked
            }
        }
    }
}
