package dev.homing.kit;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.route.Backend;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;

/// Model clients, a network, a [Machine] and model servers, in one thread and one order of events,
/// which the seed decides.
public final class World implements Machine.Outside {

    public static final long SECOND_NS = 1_000_000_000L;

    private static final Place HOMING = Place.ipv4(0x0afe0001, 443);
    private static final Place HOMING_IPV6 = new Place(0x20010db8_ffff0000L, 1, 443);
    private static final int FIRST_BACKEND_PORT = 10_000;
    private static final int PORTS_OF_A_SHARD = 5_000;
    private static final int MOST_IN_A_TRAIN = 8;

    private record Port(int shard, int port) {}

    private final SplittableRandom random;
    private final Network network;
    private final Machine machine;
    private final Balance balance;
    private final int configuredLength;
    private final int listeners;
    private final ConnectionIdLengths lengths = new ConnectionIdLengths();
    private final Map<Place, ModelServer> servers = new LinkedHashMap<>();
    private final Map<Place, ModelSocket> sockets = new LinkedHashMap<>();
    private final Map<Place, Port> backendPorts = new HashMap<>();
    private final List<ModelConnection> connections = new ArrayList<>();
    private final Map<Integer, ModelServer> owners = new HashMap<>();
    private List<PoolMember> members;
    private boolean acceptsNewConnections = true;
    private boolean mayReuseSources;
    private long tableNumber;
    private int nextClient;
    private long fromClients;
    private long toClients;
    private long fromBackends;
    private long toBackends;

    /// @param configuredLength of the pool, or [Pool#LENGTH_LEARNED]
    public World(
            SplittableRandom random,
            MachineOptions options,
            Balance balance,
            int configuredLength,
            List<ServerStyle> styles) {
        this.random = random;
        this.balance = balance;
        this.configuredLength = configuredLength;
        listeners = options.listeners;
        network = new Network(random.split());
        members = styles.stream().map(style -> Backends.active(style.backend())).toList();
        for (ServerStyle style : styles) {
            ModelServer server = new ModelServer(this, random.split(), style);
            servers.put(server.place(), server);
        }
        machine = new Machine(options, table(), random.split(), this);
    }

    // What the control plane says.

    public void publish(List<PoolMember> newMembers) {
        members = newMembers;
        machine.publish(table());
    }

    /// @param accepts false as when Homing is stopping
    public void acceptNewConnections(boolean accepts) {
        acceptsNewConnections = accepts;
        machine.publish(table());
    }

    private RoutingTable table() {
        Pool pool = new Pool(0, "pool", balance, configuredLength, lengths, members);
        List<Backend> backends = members.stream().map(PoolMember::backend).toList();
        return new RoutingTable(
                ++tableNumber, acceptsNewConnections, List.of(pool), new int[listeners], backends);
    }

    public List<PoolMember> members() {
        return members;
    }

    public boolean isMember(ModelServer server) {
        return members.stream().anyMatch(member -> member.backend().id() == server.id());
    }

    // Who is there.

    public Machine machine() {
        return machine;
    }

    public Network network() {
        return network;
    }

    public Books books() {
        return machine.books();
    }

    public List<ModelServer> servers() {
        return List.copyOf(servers.values());
    }

    public List<ModelSocket> sockets() {
        return List.copyOf(sockets.values());
    }

    public List<ModelConnection> connections() {
        return connections;
    }

    /// The server that a connection has reached.
    public ModelServer owner(ModelConnection connection) {
        return owners.get(connection.number());
    }

    public Place listener(int index) {
        return HOMING.withPort(HOMING.port() + index);
    }

    /// @param isShared whether it may have several connections
    public ModelSocket newSocket(boolean isShared) {
        ModelSocket socket =
                new ModelSocket(
                        this, random.split(), newPlace(), random.nextInt(listeners), isShared);
        sockets.put(socket.place(), socket);
        return socket;
    }

    private Place newPlace() {
        int number = nextClient++;
        return number % 3 == 2
                ? new Place(0x20010db8_00010000L, number, 1024 + number)
                : Place.ipv4(0x0b000000 + number / 4, 1024 + number);
    }

    ModelConnection newConnection(ModelSocket socket, SplittableRandom ofSocket) {
        ModelConnection connection =
                new ModelConnection(this, ofSocket.split(), socket, connections.size());
        connections.add(connection);
        return connection;
    }

    Place move(ModelSocket socket, Place from) {
        sockets.remove(from);
        Place to = newPlace();
        sockets.put(to, socket);
        return to;
    }

    /// Says that source tuples are scarce or old, so that one may have come to another client.
    public void allowReuseOfSources() {
        mayReuseSources = true;
    }

    boolean mayReuseSources() {
        return mayReuseSources;
    }

    /// A datagram of a connection has reached a server: all of them must reach the same one, as
    /// long as it is in the pool.
    void claim(int connection, ModelServer server, Flight flight) {
        ModelServer owner = owners.putIfAbsent(connection, server);
        if (owner != null && owner != server) {
            Assertions.assertFalse(
                    isMember(owner),
                    () ->
                            "connection %d of %s has come to %s: %s"
                                    .formatted(
                                            connection,
                                            owner.place(),
                                            server.place(),
                                            Seen.of(flight.payload(), server.style().cidLength())));
        }
    }

    // What happens.

    /// One event: something arrives, or a shard has its turn.
    public void step() {
        if (network.isIdle() || random.nextInt(3) == 0) {
            machine.advance(random.nextLong(1_000_000));
            machine.turn(random.nextInt(machine.shards()));
        } else {
            arrive();
        }
    }

    /// Until nothing is on its way; then the books must balance and every slot be at home.
    public void settle() {
        while (!network.isIdle() || books().missing(Side.CLIENT) != 0 || hasQueued()) {
            for (int i = 0; i < 10 && !network.isIdle(); i++) {
                arrive();
            }
            turnAll();
        }
        turnAll();
        checkRest();
    }

    private boolean hasQueued() {
        return machine.slotsAway() > 0;
    }

    public void turnAll() {
        for (int shard = 0; shard < machine.shards(); shard++) {
            machine.turn(shard);
        }
    }

    /// Lets time pass, with ten turns a second.
    public void pass(int seconds) {
        for (int i = 0; i < seconds * 10; i++) {
            machine.advance(SECOND_NS / 10);
            turnAll();
        }
    }

    public void checkRest() {
        Assertions.assertEquals(0, books().missing(Side.CLIENT), "missing of clients'");
        Assertions.assertEquals(0, books().missing(Side.BACKEND), "missing of backends'");
        Assertions.assertEquals(0, machine.slotsAway(), "slots that did not come home");
        Assertions.assertEquals(fromClients, books().received(Side.CLIENT));
        Assertions.assertEquals(toBackends, books().sent(Side.BACKEND));
        Assertions.assertEquals(fromBackends, books().received(Side.BACKEND));
        Assertions.assertEquals(toClients, books().sent(Side.CLIENT));
    }

    public long dropped(Side side, DropReason reason) {
        return books().dropped(side, reason);
    }

    private void arrive() {
        Queue<Flight> path = network.pick();
        Flight first = path.element();
        Port port = backendPorts.get(first.to());
        ModelServer server = servers.get(first.to());
        ModelSocket socket = sockets.get(first.to());
        if (port != null) {
            arriveAtPort(path, port);
        } else if (server != null) {
            server.receive(path.remove());
        } else if (socket != null) {
            socket.receive(path.remove());
        } else if (first.to().high() == HOMING.high() && first.to().low() == HOMING.low()) {
            arriveAtListener(path, first.to().port() - HOMING.port());
        } else {
            path.remove(); // nobody is there any more
        }
        network.arrived();
    }

    private void arriveAtListener(Queue<Flight> path, int listener) {
        Flight first = path.element();
        int thread = Math.floorMod(first.from().hashCode(), machine.receivingThreads());
        if (!machine.canReceive(thread)) {
            turnAll(); // the datagram waits in the socket's buffer until slots come home
            return;
        }
        Datagram datagram = machine.slot(thread);
        first.from().write(datagram.peer());
        listener(listener).write(datagram.local());
        datagram.setListener(listener);
        fromClients += fill(datagram, path);
        machine.fromClient(thread, datagram);
        machine.endOfBatch(thread);
    }

    private void arriveAtPort(Queue<Flight> path, Port port) {
        if (!machine.canReceiveFromBackends(port.shard())) {
            turnAll();
            return;
        }
        Flight first = path.element();
        Datagram datagram = machine.slotOfShard(port.shard());
        first.from().write(datagram.peer());
        first.to().write(datagram.local());
        fromBackends += fill(datagram, path);
        machine.fromBackend(port.shard(), datagram, port.port());
    }

    /// Takes one datagram from the path, or a train of those that the kernel could join.
    ///
    /// @return how many
    private int fill(Datagram datagram, Queue<Flight> path) {
        Flight first = path.remove();
        List<Flight> train = new ArrayList<>(List.of(first));
        int most = random.nextInt(MOST_IN_A_TRAIN);
        while (train.size() < most
                && !path.isEmpty()
                && isOneTrain(first, train.getLast(), path.element())) {
            train.add(path.remove());
        }
        byte[] payload = new byte[train.stream().mapToInt(next -> next.payload().length).sum()];
        int length = 0;
        for (Flight next : train) {
            System.arraycopy(next.payload(), 0, payload, length, next.payload().length);
            length += next.payload().length;
        }
        Slots.fillTrain(datagram, train.size() == 1 ? 0 : first.payload().length, payload);
        datagram.setPayload(
                payload.length, train.size() == 1 ? 0 : first.payload().length, first.ecn());
        return train.size();
    }

    /// Of one length, but for the last; and here also of one connection ID, since trains of several
    /// are a matter of their own.
    private static boolean isOneTrain(Flight first, Flight last, Flight next) {
        Secret ofFirst = Secret.open(first.payload());
        Secret ofNext = Secret.open(next.payload());
        return ofFirst != null
                && ofNext != null
                && first.payload().length > 0
                && ofFirst.connection() == ofNext.connection()
                && Arrays.equals(first.payload(), 0, 20, next.payload(), 0, 20)
                && last.payload().length == first.payload().length
                && next.payload().length <= first.payload().length
                && first.ecn() == next.ecn();
    }

    @Override
    public void toBackend(int shard, int port, Datagram datagram) {
        Place source = source(shard, port, datagram.local(), datagram.peer().isIpv4());
        backendPorts.put(source, new Port(shard, port));
        toBackends += leave(source, datagram);
    }

    private static Place source(int shard, int port, Address local, boolean isIpv4) {
        int number = FIRST_BACKEND_PORT + shard * PORTS_OF_A_SHARD + port;
        Place chosen = Place.of(local);
        return local.isSpecified()
                ? chosen.withPort(number)
                : (isIpv4 ? HOMING : HOMING_IPV6).withPort(number);
    }

    @Override
    public void toClient(Datagram datagram) {
        Place from = Place.of(datagram.local()).withPort(HOMING.port());
        toClients += leave(from, datagram);
    }

    private int leave(Place from, Datagram datagram) {
        byte[] payload = Slots.payload(datagram);
        Place to = Place.of(datagram.peer());
        int segment = datagram.segmentBytes() == 0 ? payload.length : datagram.segmentBytes();
        int count = 0;
        for (int at = 0; at < payload.length || count == 0; at += segment) {
            byte[] one = Arrays.copyOfRange(payload, at, Math.min(at + segment, payload.length));
            network.send(new Flight(from, to, one, datagram.ecn()));
            count++;
        }
        return count;
    }
}
