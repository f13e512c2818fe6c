package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.kit.LongType;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// A QUIC server as far as headers go, which checks that what reaches it is its own.
public final class ModelServer {

    /// RFC 9000 section 10.3.3: a stateless reset is shorter than what it answers.
    private static final int SHORTEST_RESET_TRIGGER = 22;

    private static final class Connection {
        final Cid client;
        final Set<Cid> own = new HashSet<>();
        Cid latest;

        Connection(Cid client, Cid own) {
            this.client = client;
            this.own.add(own);
            latest = own;
        }
    }

    private final World world;
    private final SplittableRandom random;
    private final ServerStyle style;
    private final Place place;
    private final Map<Integer, Connection> connections = new HashMap<>();
    private final Map<Place, Place> clientOfSource = new HashMap<>();
    private final Map<Place, Place> sourceOfClient = new HashMap<>();

    ModelServer(World world, SplittableRandom random, ServerStyle style) {
        this.world = world;
        this.random = random;
        this.style = style;
        place = Place.of(style.backend());
    }

    ServerStyle style() {
        return style;
    }

    Place place() {
        return place;
    }

    int id() {
        return style.backend().id();
    }

    /// Source tuples are anybody's again.
    void forgetSources() {
        clientOfSource.clear();
        sourceOfClient.clear();
    }

    /// The source tuple that a client's address has been given toward this server.
    public @Nullable Place sourceOf(Place client) {
        return sourceOfClient.get(client);
    }

    private void send(Place source, byte[] payload) {
        world.send(new Flight(place, source, payload, 0));
    }

    void receive(Flight flight) {
        Secret secret = Secret.open(flight.payload());
        if (secret == null) {
            answerWithReset(flight);
            return;
        }
        Assertions.assertEquals(secret.ecn(), flight.ecn(), "the ECN mark has changed");
        Seen seen = Seen.of(flight.payload(), style.cidLength());
        checkSource(flight.from(), secret);
        if (seen.isLong() && !seen.isVersionKnown() && seen.version() != Packets.SCONE) {
            send(
                    flight.from(),
                    Packets.versionNegotiation(seen.scid(), seen.dcid(), Packets.V1, Packets.V2));
            return;
        }
        world.claim(secret.connection(), this, flight);
        Connection connection = connections.get(secret.connection());
        if (connection == null) {
            connection = accept(flight, secret, seen);
        }
        if (connection != null) {
            answer(connection, flight.from(), secret, seen);
        }
    }

    /// A source tuple belongs to one client address, and a client address has one source tuple.
    private void checkSource(Place source, Secret secret) {
        Place client = clientOfSource.put(source, secret.client());
        Assertions.assertTrue(
                client == null || client.equals(secret.client()),
                () -> source + " was of " + client + " and is of " + secret.client());
        Place earlier = sourceOfClient.put(secret.client(), source);
        Assertions.assertTrue(
                earlier == null || earlier.equals(source) || world.mayEvict(),
                () -> secret.client() + " had " + earlier + " and has " + source);
    }

    private Connection accept(Flight flight, Secret secret, Seen seen) {
        if (!seen.isLong() || seen.type() != LongType.INITIAL) {
            return null; // 0-RTT that overtook its Initial, or what a lost state leaves
        }
        if (style.retries() && !secret.token()) {
            Cid own = style.nextId(random);
            send(
                    flight.from(),
                    new Secret(
                                    secret.connection(),
                                    secret.sequence(),
                                    secret.client(),
                                    0,
                                    false,
                                    seen.dcid(),
                                    own)
                            .seal(
                                    Packets.longHeader(
                                            LongType.RETRY, seen.version(), seen.scid(), own)));
            return null;
        }
        Cid own =
                style.keepsClientsChoice() && seen.dcid().length() == style.cidLength()
                        ? seen.dcid()
                        : style.nextId(random);
        Connection connection = new Connection(seen.scid(), own);
        connections.put(secret.connection(), connection);
        return connection;
    }

    private void answer(Connection connection, Place source, Secret secret, Seen seen) {
        if (seen.isLong() && seen.version() != Packets.SCONE) {
            switch (seen.type()) {
                case INITIAL -> {
                    sendLong(connection, LongType.INITIAL, source, secret, seen);
                    sendLong(connection, LongType.HANDSHAKE, source, secret, seen);
                }
                case HANDSHAKE -> sendShort(connection, source, secret, seen);
                default -> {}
            }
            return;
        }
        Assertions.assertTrue(
                connection.own.contains(seen.dcid()),
                () -> "not a connection ID of " + place + ": " + seen);
        if (random.nextInt(4) != 0) {
            sendShort(connection, source, secret, seen);
        }
    }

    private void sendLong(
            Connection connection, LongType type, Place source, Secret asked, Seen seen) {
        byte[] header =
                Packets.longHeader(type, seen.version(), connection.client, connection.latest);
        answer(source, asked, seen, Cid.EMPTY, header);
    }

    private void sendShort(Connection connection, Place source, Secret asked, Seen seen) {
        Cid issued = Cid.EMPTY;
        if (style.cidLength() > 0 && random.nextInt(3) == 0) {
            issued = style.nextId(random);
            connection.own.add(issued);
        }
        answer(source, asked, seen, issued, Packets.shortHeader(connection.client));
    }

    private void answer(Place source, Secret asked, Seen seen, Cid issued, byte[] header) {
        int ecn = random.nextInt(4);
        Secret secret =
                new Secret(
                        asked.connection(),
                        asked.sequence(),
                        asked.client(),
                        ecn,
                        false,
                        seen.dcid(),
                        issued);
        world.send(new Flight(place, source, secret.seal(header), ecn));
    }

    /// What a datagram gets that has no secret: a stranger's.
    private void answerWithReset(Flight flight) {
        byte[] payload = flight.payload();
        if (payload.length >= SHORTEST_RESET_TRIGGER && payload[0] >= 0) {
            send(flight.from(), Packets.statelessReset(random, payload.length - 1));
        }
    }
}
