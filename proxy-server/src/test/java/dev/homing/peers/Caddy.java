package dev.homing.peers;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Caddy, an HTTP server whose HTTP/3 is quic-go's: connection IDs of 4 octets.
public final class Caddy implements AutoCloseable {

    private final Program program;
    private final InetSocketAddress address;

    private Caddy(Program program, InetSocketAddress address) {
        this.program = program;
        this.address = address;
    }

    public static Caddy start(Site site, String ip) throws IOException {
        String path = Program.find("caddy", "caddy");
        InetSocketAddress address =
                new InetSocketAddress(ip, Probe.freePort(InetAddress.ofLiteral(ip)));
        Path home = Files.createDirectories(site.folder().resolve("caddy-" + address.getPort()));
        Path configuration = home.resolve("Caddyfile");
        Files.writeString(
                configuration,
                """
                {
                    admin off
                    auto_https disable_redirects
                    skip_install_trust
                    default_sni localhost
                }
                https://localhost:%d {
                    bind %s
                    tls %s %s
                    root * %s
                    file_server
                }
                """
                        .formatted(
                                address.getPort(),
                                ip,
                                site.certificate(),
                                site.key(),
                                site.htdocs()));
        Program program =
                Program.start(
                        site.folder(),
                        "caddy-" + address.getPort() + ".log",
                        Map.of(
                                "HOME", home.toString(),
                                "XDG_DATA_HOME", home.toString(),
                                "XDG_CONFIG_HOME", home.toString()),
                        List.of(
                                path,
                                "run",
                                "--config",
                                configuration.toString(),
                                "--adapter",
                                "caddyfile"));
        Eventually.holds("caddy answers", () -> GtlsServer.isAnswered(address));
        return new Caddy(program, address);
    }

    public InetSocketAddress address() {
        return address;
    }

    public String log() throws IOException {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }
}
