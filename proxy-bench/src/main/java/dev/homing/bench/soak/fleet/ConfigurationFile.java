package dev.homing.bench.soak.fleet;

import dev.homing.bench.soak.plan.Mistake;
import dev.homing.bench.soak.plan.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What Homing is told: kept here, and written as YAML. Timeouts are short and tables small, so
/// that minutes show what takes hours and thousands of clients elsewhere.
public final class ConfigurationFile {

    /// Of what is not yet proved to be a connection, as a flood makes it.
    public static final int HALF_OPEN_MAX = 2048;

    /// Longer than a server may take for its first answer on a machine that has much to do.
    public static final int HALF_OPEN_TIMEOUT_SECONDS = 10;

    /// A source tuple rests after its session, so a flood takes more ports than there can be
    /// sessions: as many as may begin toward one of the two backends that there are at least, while
    /// tuples rest.
    public static final int BACKEND_PORTS_MAX = 12_288;

    public static final int IDLE_TIMEOUT_SECONDS = 10;
    public static final int DRAIN_TIMEOUT_SECONDS = 1;

    /// What a flood can use up: honest clients then have to ask again.
    public static final int NEW_CONNECTIONS_PER_SECOND = 2000;

    static final int QUEUE_CAPACITY = 256;

    private static final class Entry {
        private final Server server;
        private int weight = 1;
        private boolean isDraining;
        private boolean isListed = true;

        Entry(Server server) {
            this.server = server;
        }
    }

    private final Path file;
    private final int port;
    private final int adminPort;
    private final List<Entry> entries = new ArrayList<>();
    private final UnaryOperator<String> twist;
    private Threads threads;

    /// @param twist makes another configuration of it, for tests that want one that is wrong
    ConfigurationFile(
            Path file,
            int port,
            int adminPort,
            List<Server> servers,
            Threads threads,
            UnaryOperator<String> twist) {
        this.file = file;
        this.port = port;
        this.adminPort = adminPort;
        this.threads = threads;
        this.twist = twist;
        servers.forEach(server -> entries.add(new Entry(server)));
    }

    public Path file() {
        return file;
    }

    public Threads threads() {
        return threads;
    }

    public void threads(Threads next) {
        threads = next;
    }

    public void weight(int server, int weight) {
        entries.get(server).weight = weight;
    }

    public void drain(int server, boolean isDraining) {
        entries.get(server).isDraining = isDraining;
    }

    public void list(int server, boolean isListed) {
        entries.get(server).isListed = isListed;
    }

    public boolean isListed(int server) {
        return entries.get(server).isListed;
    }

    /// Whether the file says what is to hold.
    public boolean isWritten() throws IOException {
        return Files.exists(file) && Files.readString(file).equals(text());
    }

    public void write() throws IOException {
        write(text());
    }

    /// In place of the old one at once: nobody reads half a file.
    private void write(String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// As it is, but for a mistake.
    public void write(Mistake mistake) throws IOException {
        write(
                switch (mistake) {
                    case UNKNOWN_KEY -> text() + "sesions: {max: 5}\n";
                    case BAD_ADDRESS ->
                            text().replaceFirst("(backends:\n.*address: )[^}]*", "$1x:0");
                    case UNKNOWN_BACKEND ->
                            text().replaceFirst("(server-id: [^,]*, backend: )s[0-9]+", "$1nobody");
                    case NEEDS_RESTART ->
                            text().replace(
                                            "capacity: " + QUEUE_CAPACITY,
                                            "capacity: " + 2 * QUEUE_CAPACITY);
                    case NO_YAML -> "listeners: [}\n" + text();
                });
    }

    public String text() {
        StringBuilder yaml = new StringBuilder();
        yaml.append(
                """
                listeners:
                  - address: 127.0.0.1:%d
                admin: {address: "127.0.0.1:%d"}
                log: {format: json}
                threads: {receivers: %d, shards: %d}
                queues: {capacity: %d}
                sessions:
                  max: 16384
                  half-open-max: %d
                  half-open-timeout: %ds
                  idle-timeout: %ds
                connection-ids: {max: 65536}
                sockets: {backend-ports-max: %d}
                limits:
                  new-connections-per-second: %d
                  address-new-connections-per-second: 200
                  network-new-connections-per-second: 400
                stop: {drain-timeout: %ds}
                pools:
                  web:
                    health: {interval: 1s, timeout: 1s, rise: 2, fall: 3}
                    cid-scheme: quic-lb
                    cid-configs:
                      - config-rotation-bits: %d
                        server-id-length: %d
                        nonce-length: %d
                        cid-key: %s
                """
                        .formatted(
                                port,
                                adminPort,
                                threads.receivers(),
                                threads.shards(),
                                QUEUE_CAPACITY,
                                HALF_OPEN_MAX,
                                HALF_OPEN_TIMEOUT_SECONDS,
                                IDLE_TIMEOUT_SECONDS,
                                BACKEND_PORTS_MAX,
                                NEW_CONNECTIONS_PER_SECOND,
                                DRAIN_TIMEOUT_SECONDS,
                                ConnectionIdFormat.ROTATION,
                                ConnectionIdFormat.SERVER_ID_BYTES,
                                ConnectionIdFormat.NONCE_BYTES,
                                ConnectionIdFormat.KEY));
        yaml.append("    server-id-mappings:\n");
        for (Entry entry : listed()) {
            yaml.append(
                    "      - {server-id: \"%s\", backend: %s}%n"
                            .formatted(entry.server.id(), entry.server.name()));
        }
        yaml.append("    backends:\n");
        for (Entry entry : listed()) {
            yaml.append(
                    "      - {name: %s, weight: %d, state: %s, address: \"127.0.0.1:%d\"}%n"
                            .formatted(
                                    entry.server.name(),
                                    entry.weight,
                                    entry.isDraining ? "draining" : "active",
                                    entry.server.port()));
        }
        return twist.apply(yaml.toString());
    }

    private List<Entry> listed() {
        return entries.stream().filter(entry -> entry.isListed).toList();
    }
}
