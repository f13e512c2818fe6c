package dev.homing.peers;

import dev.homing.testkit.Eventually;
import dev.homing.testkit.QuicLbIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A server of another stack whose connection IDs name it, by QUIC-LB; it answers the demo's
/// requests. Its sources are in `src/test/peers`, `.ci/peers` builds it.
///
/// ```
/// try (QuicLbServer server = QuicLbServer.start(Stack.QUINN, site, "127.0.0.1", "berlin", ids);
///         KwikClient client =
///                 KwikClient.connect(server.address(), site.trusted(), Options.STANDARD)) {
/// ```
public final class QuicLbServer implements AutoCloseable {

    /// What such servers are made with.
    public enum Stack {
        /// quic-go 0.50. It serves HTTP/3 too. It tells clients not to migrate
        /// (disable_active_migration, RFC 9000 section 18.2), but follows those that do not listen,
        /// if their own connection IDs are empty or they have given it a spare one.
        QUIC_GO("quic-go"),
        /// aioquic 1.2. It serves HTTP/3 too. No connection IDs of 8 or 16 octets.
        AIOQUIC("aioquic"),
        /// quinn 0.9.
        QUINN("quinn");

        private final String program;

        Stack(String program) {
            this.program = program;
        }

        String program() {
            return program;
        }
    }

    private final Program program;
    private final InetSocketAddress address;
    private final String name;

    private QuicLbServer(Program program, InetSocketAddress address, String name) {
        this.program = program;
        this.address = address;
        this.name = name;
    }

    /// Skips the test if the program is not there.
    ///
    /// @param name what the server calls itself in its answers
    public static QuicLbServer start(Stack stack, Site site, String ip, String name, QuicLbIds ids)
            throws IOException {
        int port = Probe.freePort(InetAddress.ofLiteral(ip));
        return start(stack, site, new InetSocketAddress(ip, port), name, ids);
    }

    /// The same at a given address, as one that starts again.
    public static QuicLbServer start(
            Stack stack, Site site, InetSocketAddress address, String name, QuicLbIds ids)
            throws IOException {
        String path = PeerFolder.find(stack.program);
        int port = address.getPort();
        String ip = address.getAddress().getHostAddress();
        String shownIp = ip.contains(":") ? "[" + ip + "]" : ip;
        Program program =
                Program.start(
                        site.folder(),
                        stack.program + "-" + port + ".log",
                        Map.of(),
                        List.of(
                                path,
                                "--listen=" + shownIp + ":" + port,
                                "--name=" + name,
                                "--cert=" + site.certificate(),
                                "--key=" + site.key(),
                                "--htdocs=" + site.htdocs(),
                                "--rotation-bits=" + ids.rotationBits(),
                                "--server-id=" + ids.serverId(),
                                "--nonce-length=" + ids.nonceLength(),
                                "--encode-length=" + ids.encodesLength(),
                                "--cid-key=" + ids.key()));
        Eventually.holds(
                stack.program + " answers",
                () -> !program.isAlive() || GtlsServer.isAnswered(address));
        if (!program.isAlive()) {
            throw new IOException(stack.program + " has ended: " + program.log());
        }
        return new QuicLbServer(program, address, name);
    }

    public InetSocketAddress address() {
        return address;
    }

    public String name() {
        return name;
    }

    /// The ports that requests came from, as the server saw its clients then.
    public Set<Integer> clientPorts() throws IOException {
        return Pattern.compile(" from \\S+:(\\d+)$", Pattern.MULTILINE)
                .matcher(log())
                .results()
                .map((MatchResult match) -> Integer.valueOf(match.group(1)))
                .collect(Collectors.toSet());
    }

    public String log() throws IOException {
        return program.log();
    }

    /// Ends it with KILL, and returns when it has ended.
    public void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }
}
