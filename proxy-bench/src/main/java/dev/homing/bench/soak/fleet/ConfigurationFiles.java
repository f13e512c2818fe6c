package dev.homing.bench.soak.fleet;

import dev.homing.bench.soak.plan.Mistake;
import dev.homing.bench.soak.plan.Source;
import dev.homing.bench.soak.plan.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What Homing is told: kept here, and written as YAML, and as the file of addresses that the YAML
/// names. Timeouts are short and tables small, so that minutes show what takes hours and thousands
/// of clients elsewhere.
public final class ConfigurationFiles {

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

    private static final int LAST_OCTETS = 250;

    private final WrittenFile yaml;
    private final WrittenFile addresses;
    private final int port;
    private final int adminPort;
    private final List<Listing> listings;
    private final UnaryOperator<String> twist;
    private Threads threads;
    private int departures;

    /// @param folder where the files are
    /// @param twist makes another configuration of it, for tests that want one that is wrong
    ConfigurationFiles(
            Path folder,
            int port,
            int adminPort,
            List<Listing> listings,
            Threads threads,
            UnaryOperator<String> twist) {
        yaml = new WrittenFile(folder.resolve("homing.yaml").toAbsolutePath());
        addresses = new WrittenFile(folder.resolve("addresses").toAbsolutePath());
        this.port = port;
        this.adminPort = adminPort;
        this.listings = List.copyOf(listings);
        this.threads = threads;
        this.twist = twist;
    }

    /// Of the YAML.
    Path path() {
        return yaml.path();
    }

    public void threads(Threads next) {
        threads = next;
    }

    public void weight(int server, int weight) {
        listings.get(server).weight(weight);
    }

    public void drain(int server, boolean isDraining) {
        listings.get(server).drain(isDraining);
    }

    public void add(int server) {
        listings.get(server).enter();
    }

    public void remove(int server) {
        departures++;
        listings.get(server)
                .leave("127.9.%d.%d".formatted(departures / LAST_OCTETS, departures % LAST_OCTETS));
    }

    /// Whether the files say what is to hold.
    public boolean isWritten() throws IOException {
        return yaml.has(configuration()) && addresses.has(lines());
    }

    public void write() throws IOException {
        addresses.write(lines());
        yaml.write(configuration());
    }

    /// As they are, but for a mistake in one of them.
    public void write(Mistake mistake) throws IOException {
        String good = configuration();
        switch (mistake) {
            case UNKNOWN_KEY -> yaml.write(good + "sesions: {max: 5}\n");
            case BAD_ADDRESS ->
                    yaml.write(good.replaceFirst("(backends:\n.*address: )[^}]*", "$1x:0"));
            case SHORT_SERVER_ID ->
                    yaml.write(good.replaceFirst("server-id: \"[0-9a-f]{2}", "server-id: \""));
            case NEEDS_RESTART ->
                    yaml.write(
                            good.replace(
                                    "capacity: " + QUEUE_CAPACITY,
                                    "capacity: " + 2 * QUEUE_CAPACITY));
            case NO_YAML -> yaml.write("listeners: [}\n" + good);
            case BAD_LINE -> addresses.write(lines() + "s9=127.0.0.1,weight=much\n");
            case NO_LINE -> addresses.write("# nobody\n");
        }
    }

    /// All that is to hold.
    public String text() {
        return configuration()
                + lines()
                + listings.stream().map(Listing::address).collect(Collectors.joining(" "));
    }

    private String lines() {
        return of(listing -> listing.isFrom(Source.FILE), Listing::line);
    }

    private String of(Predicate<Listing> which, Function<Listing, String> what) {
        return listings.stream().filter(which).map(what).collect(Collectors.joining());
    }

    private String configuration() {
        StringBuilder text = new StringBuilder();
        text.append(
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
        text.append("    backends-file: ").append(addresses.path()).append('\n');
        text.append("    server-id-mappings:\n");
        text.append(of(Listing::hasServerId, Listing::mapping));
        text.append("    backends:\n");
        text.append(
                of(
                        listing -> listing.hasServerId() || listing.isFrom(Source.NAME),
                        Listing::entry));
        return twist.apply(text.toString());
    }
}
