package dev.homing.peers;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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
        InetSocketAddress address = freeAddress(ip);
        return answering(
                address,
                Program.start(
                        site.folder(),
                        logName(address),
                        Map.of(),
                        command(site, address, options)));
    }

    /// @param isKept of a line of its output, whether the log shall have it
    public static GtlsServer start(
            Site site, String ip, Predicate<String> isKept, String... options) throws IOException {
        InetSocketAddress address = freeAddress(ip);
        return answering(
                address,
                Program.start(
                        site.folder(), logName(address), command(site, address, options), isKept));
    }

    private static InetSocketAddress freeAddress(String ip) throws IOException {
        return new InetSocketAddress(ip, Probe.freePort(InetAddress.ofLiteral(ip)));
    }

    private static String logName(InetSocketAddress address) {
        return "gtlsserver-" + address.getPort() + ".log";
    }

    private static List<String> command(Site site, InetSocketAddress address, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Program.find("gtlsserver", "ngtcp2-server"));
        command.addAll(List.of(options));
        command.addAll(
                List.of(
                        "-d",
                        site.htdocs().toString(),
                        address.getAddress().getHostAddress(),
                        Integer.toString(address.getPort()),
                        site.key().toString(),
                        site.certificate().toString()));
        return command;
    }

    private static GtlsServer answering(InetSocketAddress address, Program program) {
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
