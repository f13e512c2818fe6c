package dev.homing.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A client's socket, seen from outside its address translation: the place changes, the connections
/// do not.
public final class ModelSocket {

    private final World world;
    private final SplittableRandom random;
    private final int listener;
    private final boolean isShared;
    private final List<ModelConnection> connections = new ArrayList<>();
    private Place place;

    ModelSocket(World world, SplittableRandom random, Place place, int listener, boolean isShared) {
        this.world = world;
        this.random = random;
        this.place = place;
        this.listener = listener;
        this.isShared = isShared;
    }

    public Place place() {
        return place;
    }

    /// Whether several connections share it.
    public boolean isShared() {
        return isShared;
    }

    public List<ModelConnection> connections() {
        return connections;
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
        place = world.move(this, place);
        connections.forEach(ModelConnection::moved);
    }

    public void send(byte[] payload, int ecn) {
        world.network().send(new Flight(place, world.listener(listener), payload, ecn));
    }

    void receive(Flight flight) {
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
