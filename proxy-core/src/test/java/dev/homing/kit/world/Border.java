package dev.homing.kit.world;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.kit.Machine;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Place;
import dev.homing.ledger.Books;
import dev.homing.ledger.Side;
import dev.homing.route.RoutingTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;

/// Where the [Network] ends and Homing begins: flights become slots and slots become flights, and
/// what passes is counted and compared with Homing's own books.
final class Border implements Machine.Outside {

    private static final int IPV4 = 0x0afe0001;
    private static final long IPV6_PREFIX = 0x20010db8_ffff0000L;
    private static final int FIRST_LISTENER_PORT = 443;
    private static final int LOCAL_ADDRESSES = 3;
    private static final int FIRST_BACKEND_PORT = 10_000;
    private static final int PORTS_OF_A_SHARD = 5_000;
    private static final int LONGEST_TRAIN = 8;

    private record Port(int shard, int port) {}

    private final SplittableRandom random;
    private final Network network;
    private final MachineOptions options;
    private final boolean mayEvict;
    private Machine machine;
    private final int listeners;
    private final Map<Place, Port> backendPorts = new HashMap<>();
    private Passage forward;
    private Passage back;

    Border(
            SplittableRandom random,
            Network network,
            MachineOptions options,
            RoutingTable first,
            boolean mayEvict) {
        this.random = random;
        this.network = network;
        this.options = options;
        this.mayEvict = mayEvict;
        listeners = options.listeners();
        // A flow that begins anew has another port, which may be flushed before the old one.
        forward = new Passage(!mayEvict);
        back = new Passage(true);
        machine = new Machine(options, first, random.split(), this);
    }

    /// Another Homing takes the place of this one, and has never heard of anybody. Only while
    /// nothing is on its way.
    void restart(RoutingTable first) {
        backendPorts.clear();
        forward = new Passage(!mayEvict);
        back = new Passage(true);
        machine = new Machine(options, first, random.split(), this);
    }

    Machine machine() {
        return machine;
    }

    /// One of the addresses that a client may write to: the listeners are bound to all of Homing's.
    Place listener(boolean isIpv4) {
        return address(isIpv4, random.nextInt(LOCAL_ADDRESSES))
                .withPort(FIRST_LISTENER_PORT + random.nextInt(listeners));
    }

    private static Place address(boolean isIpv4, int number) {
        return isIpv4 ? Place.ipv4(IPV4 + number, 0) : new Place(IPV6_PREFIX, number, 0);
    }

    /// Index of the listener that a client writes to.
    static int listener(Place place) {
        return place.port() - FIRST_LISTENER_PORT;
    }

    List<Place> backendPorts() {
        return List.copyOf(backendPorts.keySet());
    }

    /// Something for Homing, or for somebody who is not there any more.
    void arrive(Flight flight) {
        Port port = backendPorts.get(flight.to());
        int listener = listener(flight.to());
        if (port != null) {
            arriveAtPort(flight, port);
        } else if (listener >= 0 && listener < listeners) {
            arriveAtListener(flight, listener);
        }
    }

    private void arriveAtListener(Flight flight, int listener) {
        // The kernel chooses one of the sockets of a port by the 4-tuple (SO_REUSEPORT).
        int thread = Math.floorMod(flight.from().hashCode(), machine.receivingThreads());
        if (!machine.canReceive(thread, LONGEST_TRAIN)) {
            machine.turnAll(); // the datagram waits in the socket's buffer until slots come home
            Assertions.assertTrue(
                    machine.canReceive(thread, LONGEST_TRAIN), "slots did not come home");
        }
        Datagram datagram = machine.slot(thread);
        fill(datagram, flight, forward);
        datagram.setListener(listener);
        machine.fromClient(thread, datagram);
        if (random.nextBoolean()) {
            machine.endOfBatch(thread);
        }
    }

    private void arriveAtPort(Flight flight, Port port) {
        if (!machine.canReceiveFromBackends(port.shard())) {
            machine.turnAll();
            Assertions.assertTrue(
                    machine.canReceiveFromBackends(port.shard()), "slots did not come home");
        }
        Datagram datagram = machine.slotOfShard(port.shard());
        fill(datagram, flight, back);
        machine.fromBackend(port.shard(), datagram, port.port());
    }

    /// With one flight, or a train of those that the kernel could join.
    private void fill(Datagram datagram, Flight first, Passage passage) {
        Train train = new Train(first);
        int most = random.nextInt(LONGEST_TRAIN);
        Flight next = network.behind(first);
        while (train.flights().size() < most && next != null && train.takes(next)) {
            train.add(network.next());
            next = network.behind(first);
        }
        train.flights().forEach(passage::enter);
        train.write(datagram);
    }

    @Override
    public void toBackend(int shard, int port, Datagram datagram) {
        Place source = source(shard, port, datagram.local(), datagram.peer().isIpv4());
        backendPorts.put(source, new Port(shard, port));
        leave(datagram, source, forward);
    }

    private static Place source(int shard, int port, Address local, boolean isIpv4) {
        int number = FIRST_BACKEND_PORT + shard * PORTS_OF_A_SHARD + port;
        Place chosen = local.isSpecified() ? Place.of(local) : address(isIpv4, 0);
        return chosen.withPort(number);
    }

    @Override
    public void toClient(int listener, Datagram datagram) {
        Place from = Place.of(datagram.local()).withPort(FIRST_LISTENER_PORT + listener);
        leave(datagram, from, back);
    }

    private void leave(Datagram datagram, Place from, Passage passage) {
        for (Flight flight : Train.split(datagram, from)) {
            passage.leave(flight);
            network.send(flight);
        }
    }

    /// Ends all batches, and lets those shards turn that have been woken.
    void turnAwake() {
        for (int thread = 0; thread < machine.receivingThreads(); thread++) {
            machine.endOfBatch(thread);
        }
        machine.turnAwake();
    }

    /// What has come is either sent or dropped, Homing's books say the same, and all slots are at
    /// home.
    void checkRest() {
        Books books = machine.books();
        Assertions.assertEquals(0, books.missing(Side.CLIENT), "missing of clients'");
        Assertions.assertEquals(0, books.missing(Side.BACKEND), "missing of backends'");
        Assertions.assertEquals(0, machine.slotsAway(), "slots that did not come home");
        Assertions.assertEquals(forward.entered(), books.received(Side.CLIENT));
        Assertions.assertEquals(forward.left(), books.sent(Side.BACKEND));
        Assertions.assertEquals(back.entered(), books.received(Side.BACKEND));
        Assertions.assertEquals(back.left(), books.sent(Side.CLIENT));
    }
}
