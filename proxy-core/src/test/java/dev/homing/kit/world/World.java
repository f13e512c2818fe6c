package dev.homing.kit.world;

import dev.homing.kit.MachineOptions;
import dev.homing.kit.Place;
import dev.homing.ledger.Books;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// Model clients, a network, a machine and model servers, in one thread and one order of events,
/// which the seed decides.
public final class World {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int TURNS_PER_SECOND = 10;
    private static final long LONGEST_BETWEEN_EVENTS_NS = 500_000;
    private static final int LONGEST_BATCH = 16;

    private final SplittableRandom random;
    private final Network network;
    private final Fleet fleet;
    private final Border border;
    private final Map<Place, ModelSocket> sockets = new LinkedHashMap<>();
    private final Map<Integer, ModelConnection> connections = new LinkedHashMap<>();
    private final Map<Integer, ModelServer> owners = new HashMap<>();
    private final boolean mayEvict;
    private int places;
    private int nextConnection;

    /// @param mayEvict whether sessions may be so scarce that a client address has to begin anew
    public World(
            SplittableRandom random,
            MachineOptions options,
            List<ModelPool> pools,
            boolean mayEvict) {
        this.mayEvict = mayEvict;
        this.random = random;
        network = new Network(random.split());
        fleet =
                new Fleet(
                        pools,
                        options.listeners(),
                        style -> new ModelServer(this, random.split(), style));
        border = new Border(random.split(), network, options, fleet.table(), mayEvict);
    }

    // Who is there.

    public Fleet fleet() {
        return fleet;
    }

    /// What the fleet has been told takes effect.
    public void publish() {
        border.machine().publish(fleet.table());
    }

    /// Homing is stopped and started while nothing is on its way: it remembers nobody.
    public void restart() {
        border.restart(fleet.table());
        forgetSources();
        connections.values().forEach(ModelConnection::moved);
    }

    public void setDials(Dials dials) {
        network.setDials(dials);
    }

    boolean mayEvict() {
        return mayEvict;
    }

    public Books books() {
        return border.machine().books();
    }

    public List<ModelSocket> sockets() {
        return List.copyOf(sockets.values());
    }

    /// Those whose server is still there.
    public List<ModelConnection> connections() {
        return connections.values().stream().filter(connection -> !isLost(connection)).toList();
    }

    /// The server that a connection has reached.
    public @Nullable ModelServer owner(ModelConnection connection) {
        return owners.get(connection.number());
    }

    boolean isLost(ModelConnection connection) {
        ModelServer owner = owner(connection);
        return owner != null && !fleet.has(owner);
    }

    /// @param isShared whether it may have several connections
    public ModelSocket newSocket(boolean isShared) {
        Place place = newPlace();
        ModelSocket socket =
                new ModelSocket(
                        this, random.split(), place, border.listener(place.isIpv4()), isShared);
        sockets.put(place, socket);
        return socket;
    }

    /// An address and port that nobody has had. Often only the port is new.
    Place newPlace() {
        int number = places++;
        return number % 3 == 2
                ? new Place(0x20010db8_00010000L, number / 4, 1024 + number)
                : Place.ipv4(0x0b000000 + number / 4, 1024 + number);
    }

    ModelConnection newConnection(ModelSocket socket, SplittableRandom ofSocket) {
        ModelConnection connection =
                new ModelConnection(ofSocket.split(), socket, nextConnection++);
        connections.put(connection.number(), connection);
        return connection;
    }

    void move(ModelSocket socket, Place from, Place to) {
        sockets.remove(from);
        sockets.put(to, socket);
    }

    /// A datagram of a connection has reached a server: all of them must reach the same one.
    void claim(int connection, ModelServer server, Flight flight) {
        Place homing = Objects.requireNonNull(connections.get(connection)).homing();
        Assertions.assertTrue(fleet.has(server, Border.listener(homing)), "in the wrong pool");
        ModelServer owner = owners.putIfAbsent(connection, server);
        if (owner != null && owner != server) {
            Assertions.fail(
                    "connection %d of %s has come to %s: %s"
                            .formatted(
                                    connection,
                                    owner.place(),
                                    server.place(),
                                    Seen.of(flight.payload(), server.style().cidLength())));
        }
    }

    /// All clients have gone long ago.
    public void forgetClients() {
        sockets.clear();
        connections.clear();
        forgetSources();
    }

    /// So much time has passed that any source tuple may have come to any client.
    public void forgetSources() {
        fleet.servers().forEach(ModelServer::forgetSources);
    }

    // What happens.

    void send(Flight flight) {
        network.send(flight);
    }

    /// Datagrams of nobody's, to Homing.
    public void makeNoise() {
        network.send(Noise.of(random, newPlace(), border, fleet));
    }

    /// One event: something arrives, or a shard has a turn, woken or not.
    public void step() {
        if (network.isIdle() || random.nextInt(3) == 0) {
            advance(random.nextLong(LONGEST_BETWEEN_EVENTS_NS));
            border.machine().turn(random.nextInt(border.machine().shards()));
        } else {
            arrive();
        }
    }

    /// Until nothing is on its way, with no turns but those that the datagrams themselves ask for.
    public void settle() {
        do {
            for (int i = random.nextInt(LONGEST_BATCH); i >= 0 && !network.isIdle(); i--) {
                arrive();
            }
            border.turnAwake();
        } while (!network.isIdle() || border.machine().isAwake());
        border.checkRest();
    }

    /// Lets time pass, with turns as an idle machine has them.
    public void pass(int seconds) {
        for (int i = 0; i < seconds * TURNS_PER_SECOND; i++) {
            advance(SECOND_NS / TURNS_PER_SECOND);
            border.machine().turnAll();
        }
    }

    private void advance(long ns) {
        network.advance(ns);
        border.machine().advance(ns);
    }

    private void arrive() {
        long beforeNs = network.nowNs();
        Flight flight = network.next();
        border.machine().advance(network.nowNs() - beforeNs);
        ModelServer server = fleet.at(flight.to());
        ModelSocket socket = sockets.get(flight.to());
        if (server != null) {
            server.receive(flight);
        } else if (socket != null) {
            socket.receive(flight);
        } else {
            border.arrive(flight);
        }
    }
}
