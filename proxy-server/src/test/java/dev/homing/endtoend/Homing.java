package dev.homing.endtoend;

import dev.homing.ProxyServer;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A running Homing, configured by the same keys as an operator would use.
final class Homing implements AutoCloseable {

    private static final Duration REST = Duration.ofSeconds(10);

    private final ProxyServer server;

    private Homing(ProxyServer server) {
        this.server = server;
    }

    /// What a test says before Homing starts.
    static final class Setup {

        private final List<String> listen = new ArrayList<>();
        private final List<String> backends = new ArrayList<>();
        private final List<String> sets = new ArrayList<>();
        private String admin = "off";

        /// Backends that count what comes to them would count probes.
        private String probe = "always-up";

        Setup listen(String address) {
            listen.add(address);
            return this;
        }

        Setup backend(String name, InetSocketAddress address) {
            return backend(name, address, 1);
        }

        Setup backend(String name, InetSocketAddress address, int weight) {
            backends.add(name + "=" + IpText.print(address) + ",weight=" + weight);
            return this;
        }

        /// Serves metrics at a port of the machine's choice.
        Setup admin() {
            admin = "127.0.0.1:0";
            return this;
        }

        /// How backends are watched.
        Setup probe(String mode) {
            probe = mode;
            return this;
        }

        Setup set(String key, Object value) {
            sets.add(key + "=" + value);
            return this;
        }

        Setup shape(Shape shape) {
            return set("threads.receivers", shape.receivers())
                    .set("threads.shards", shape.shards());
        }

        Configuration configuration() {
            List<String> all = new ArrayList<>(sets);
            if (!backends.isEmpty()) {
                all.add("pools.default.health.probe=" + probe);
            }
            List<String> addresses = listen.isEmpty() ? List.of("127.0.0.1:0") : listen;
            Sources sources =
                    new Sources(
                            Optional.empty(),
                            Map.of(),
                            addresses,
                            backends,
                            List.of(new Sources.NamedOption("--admin", "admin.address", admin)),
                            all);
            return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                    .load(sources)) {
                case Outcome.Accepted accepted -> accepted.configuration();
                case Outcome.Refused refused -> throw new AssertionError(refused.problems());
            };
        }

        Homing start() {
            try {
                return new Homing(ProxyServer.start(configuration()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static Setup with() {
        return new Setup();
    }

    InetSocketAddress address() {
        return address(0);
    }

    InetSocketAddress address(int listener) {
        return server.listenAddresses().get(listener);
    }

    /// The admin address, as text.
    String admin() {
        return IpText.print(server.adminAddress().orElseThrow());
    }

    ProxyServer server() {
        return server;
    }

    Books books() {
        return server.books();
    }

    long sessionsOf(String backend) {
        return server.routing().backends().stream()
                .filter(candidate -> candidate.name().equals(backend))
                .mapToLong(found -> books().backendSessions(found.id()))
                .sum();
    }

    /// Waits for a moment of rest and checks that every datagram has ended somewhere.
    void assertBooksBalance() {
        Eventually.holds(
                this::account,
                REST,
                () ->
                        books().queued().getAsLong() == 0
                                && books().missing(Side.CLIENT) == 0
                                && books().missing(Side.BACKEND) == 0);
    }

    /// The books, for a failure's message.
    String account() {
        StringBuilder text = new StringBuilder();
        for (Side side : Side.values()) {
            text.append(
                    "%s: received %d, sent on %d, missing %d"
                            .formatted(
                                    side.label(),
                                    books().received(side),
                                    books().sent(side.other()),
                                    books().missing(side)));
            for (DropReason reason : DropReason.values()) {
                if (books().dropped(side, reason) > 0) {
                    text.append(", ")
                            .append(reason.label())
                            .append(' ')
                            .append(books().dropped(side, reason));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
