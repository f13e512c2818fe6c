package dev.homing.bench.soak.fleet;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Values;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One QUIC server: a name and a port that stay, and a process that comes and goes.
public final class Server implements AutoCloseable {

    /// It lives for a minute or for all of the run, and is to start soon in either case.
    private static final List<String> OPTIONS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private final int number;
    private final int port;
    private @Nullable ChildProcess process;

    /// Read by every client.
    private volatile @Nullable X509Certificate certificate;

    Server(int number, int port) {
        this.number = number;
        this.port = port;
    }

    public String name() {
        return "s" + number;
    }

    String id() {
        return ConnectionIdFormat.of(number);
    }

    int port() {
        return port;
    }

    public boolean isUp() {
        return process != null;
    }

    /// Of the latest process, none before the first. Any thread.
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /// Begins a process; see [#awaitStart].
    void begin() throws IOException {
        process =
                ChildProcess.start(
                        name(),
                        ChildProcess.javaCommand(
                                List.of(),
                                OPTIONS,
                                ServerMain.class,
                                name(),
                                Integer.toString(port),
                                id()));
    }

    /// Returns when it answers.
    void awaitStart() throws IOException {
        ChildProcess starting = Objects.requireNonNull(process, "not begun");
        try {
            String encoded = Values.text(starting.answer(), "certificate");
            certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(
                                                    Base64.getDecoder().decode(encoded)));
        } catch (CertificateException e) {
            throw new IOException(name() + " says a certificate that is none", e);
        }
    }

    /// Returns when it answers.
    public void start() throws IOException {
        begin();
        awaitStart();
    }

    /// Of the process that is up.
    public long pid() {
        return Objects.requireNonNull(process, "not up").pid();
    }

    /// SIGKILL.
    public void kill() {
        ChildProcess killed = process;
        if (killed != null) {
            process = null;
            killed.kill();
        }
    }

    /// Whether it has ended although nobody ended it; with its last words.
    public Optional<String> collapse() throws IOException {
        ChildProcess there = process;
        return there == null || there.isAlive()
                ? Optional.empty()
                : Optional.of(there.lastComplaint());
    }

    @Override
    public void close() {
        kill();
    }
}
