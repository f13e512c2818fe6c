package dev.homing.bench.quic;

import dev.homing.bench.load.Values;
import dev.homing.command.Json;
import dev.homing.demo.server.QuicServer;
import dev.homing.demo.server.ServerOptions;
import dev.homing.demo.wire.DemoCertificate;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A process with QUIC servers, or with QUIC clients. Reads one command a line from standard input,
/// answers each with one line, and ends with its input.
///
/// ```
/// {"do":"serve","servers":2}                  {"ports":[…],"certificate":"…"}
/// {"do":"trust","certificate":"…"}            {}
/// {"do":"run","port":9001,"load":{…}}         {"done":2000,"lost":0,…}            when all have ended
/// ```
public final class QuicStation {

    private final List<QuicServer> servers = new ArrayList<>();
    private @Nullable Clients clients;

    private QuicStation() {}

    public static void main(String[] arguments)
            throws IOException, InterruptedException, CertificateException {
        QuicStation station = new QuicStation();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(Json.line(station.obey(Values.read(line))));
            System.out.flush();
        }
        // Netty's threads are daemons: the process ends here, whatever they do.
    }

    private Map<String, Object> obey(Map<String, Object> command)
            throws IOException, InterruptedException, CertificateException {
        return switch (Values.text(command, "do")) {
            case "serve" -> serve(Values.integer(command, "servers"));
            case "trust" -> trust(Values.text(command, "certificate"));
            case "run" ->
                    clients()
                            .run(
                                    QuicLoad.of(Values.object(command, "load")),
                                    new InetSocketAddress(
                                            InetAddress.getLoopbackAddress(),
                                            Values.integer(command, "port")))
                            .asValues();
            default -> throw new IllegalArgumentException("no such command: " + command);
        };
    }

    private Map<String, Object> serve(int count) throws IOException, CertificateEncodingException {
        DemoCertificate certificate = DemoCertificate.create();
        for (int i = 1; i <= count; i++) {
            servers.add(QuicServer.start(ServerOptions.named("server-" + i), certificate));
        }
        return Map.of(
                "ports",
                servers.stream().map(server -> server.address().getPort()).toList(),
                "certificate",
                Base64.getEncoder().encodeToString(certificate.x509().getEncoded()));
    }

    private Map<String, Object> trust(String certificate) throws CertificateException {
        clients =
                new Clients(
                        (X509Certificate)
                                CertificateFactory.getInstance("X.509")
                                        .generateCertificate(
                                                new ByteArrayInputStream(
                                                        Base64.getDecoder().decode(certificate))));
        return Map.of();
    }

    private Clients clients() {
        if (clients == null) {
            throw new IllegalStateException("no server is trusted");
        }
        return clients;
    }
}
