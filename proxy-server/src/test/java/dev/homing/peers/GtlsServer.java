package dev.homing.peers;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// ngtcp2's example server, HTTP/3 over GnuTLS: connection IDs of 18 octets, sends with UDP GSO.
public final class GtlsServer implements AutoCloseable {

    private final Program program;
    private final InetSocketAddress address;

    private GtlsServer(Program program, InetSocketAddress address) {
        this.program = program;
        this.address = address;
    }

    /// @param options as `-V` for Retry
    public static GtlsServer start(Site site, String ip, String... options) throws IOException {
        String path = Program.find("gtlsserver", "ngtcp2-server");
        InetSocketAddress address =
                new InetSocketAddress(ip, Probe.freePort(InetAddress.ofLiteral(ip)));
        List<String> command = new ArrayList<>(List.of(path));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "-d",
                        site.htdocs().toString(),
                        ip,
                        Integer.toString(address.getPort()),
                        site.key().toString(),
                        site.certificate().toString()));
        Program program =
                Program.start(
                        site.folder(),
                        "gtlsserver-" + address.getPort() + ".log",
                        Map.of(),
                        command);
        Eventually.holds("gtlsserver answers", () -> isAnswered(address));
        return new GtlsServer(program, address);
    }

    static boolean isAnswered(InetSocketAddress address) {
        try {
            return Probe.isAnswered(address);
        } catch (IOException e) {
            return false;
        }
    }

    public InetSocketAddress address() {
        return address;
    }

    /// All that the server said; without `-q` that is every packet and frame.
    public String log() throws IOException {
        return program.log();
    }

    @Override
    public void close() {
        program.close();
    }
}
