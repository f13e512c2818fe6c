package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;

/// A client's socket, seen from outside its address translation: the place changes, the connections
/// do not.
public final class ModelSocket {

    private final World world;
    private final SplittableRandom random;
    private final Place homing;
    private final boolean isShared;
    private final List<ModelConnection> connections = new ArrayList<>();
    private Place place;

    /// @param homing which of Homing's addresses it writes to
    ModelSocket(World world, SplittableRandom random, Place place, Place homing, boolean isShared) {
        this.world = world;
        this.random = random;
        this.place = place;
        this.homing = homing;
        this.isShared = isShared;
    }

    public Place place() {
        return place;
    }

    /// Whether several connections share it.
    public boolean isShared() {
        return isShared;
    }

    /// Where it sends to.
    Place homing() {
        return homing;
    }

    boolean mayBeEvicted() {
        return world.mayEvict();
    }

    public List<ModelConnection> connections() {
        return List.copyOf(connections);
    }

    public ModelConnection connect() {
        ModelConnection connection = world.newConnection(this, random);
        connections.add(connection);
        return connection;
    }

    /// Whether all its connections can be followed to another address.
    public boolean mayRebind() {
        return connections.stream()
                .allMatch(
                        connection -> connection.isConfirmed() && connection.server().length() > 0);
    }

    /// The address translation forgets the old place and takes a new one.
    public void rebind() {
        Place old = place;
        place = world.newPlace();
        world.move(this, old, place);
        connections.forEach(ModelConnection::moved);
    }

    /// The client itself goes to another place, and uses other connection IDs there, as it should
    /// (RFC 9000 section 9.5), as far as its servers have given it any: nobody can tell that it is
    /// the same one, but for whoever can read its connection IDs.
    public void migrate() {
        connections.forEach(ModelConnection::useSpareCid);
        rebind();
    }

    /// Whether Homing knows of all its connections that the client is at this address.
    public boolean isProven() {
        return connections.stream().allMatch(ModelConnection::isProven);
    }

    /// Somebody else sends an Initial from this address.
    public void forge() {
        byte[] rest = new byte[Packets.INITIAL_BYTES];
        send(Packets.initial(Cid.random(random, 8), Cid.random(random, 8), rest), 0);
    }

    void send(byte[] payload, int ecn) {
        world.send(new Flight(place, homing, payload, ecn));
    }

    void receive(Flight flight) {
        Assertions.assertEquals(homing, flight.from(), "not from the address that it wrote to");
        Secret secret = Secret.open(flight.payload());
        if (secret == null) {
            connections.forEach(connection -> connection.receiveBare(flight.payload()));
            return;
        }
        for (ModelConnection connection : connections) {
            if (connection.number() == secret.connection()) {
                connection.receive(flight, secret);
                return;
            }
        }
        throw new AssertionError("a datagram of another client: " + secret);
    }
}
