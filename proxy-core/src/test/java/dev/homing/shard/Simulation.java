package dev.homing.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Place;
import dev.homing.kit.world.Dials;
import dev.homing.kit.world.ModelConnection;
import dev.homing.kit.world.ModelServer;
import dev.homing.kit.world.ModelSocket;
import dev.homing.kit.world.World;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.route.BackendState;
import dev.homing.route.PoolMember;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/// The life of one [World]: clients come and move in bad weather while the fleet changes under
/// them; then the weather calms, and everybody must be where he belongs. What is checked of every
/// single datagram is checked by the models.
final class Simulation {

    private static final int LIVES = 2;
    private static final int STEPS = 500;
    private static final int MOST_CONNECTIONS = 8;
    private static final int ROUNDS_UNTIL_STUCK = 40;

    private final SplittableRandom random;
    private final Setting setting;
    private final World world;
    private int nextServer = 100;

    Simulation(SplittableRandom random, Setting setting) {
        this.random = random;
        this.setting = setting;
        world = new World(random.split(), setting.options(), setting.pools(), setting.isScarce());
        world.fleet().admit(setting.admission());
    }

    void run() {
        for (int life = 0; life < LIVES; life++) {
            live();
            world.pass(2 * Setting.TIMEOUT_SECONDS);
            checkThatAllIsForgotten();
            world.forgetClients();
        }
    }

    private void live() {
        world.fleet().acceptNewConnections(true);
        world.publish();
        storm();
        if (setting.changesFleet()) {
            calm();
            removeBackend();
            storm();
        }
        calm();
        if (random.nextBoolean()) {
            world.fleet().acceptNewConnections(false); // what there is goes on
            world.publish();
        }
        if (random.nextBoolean()) {
            age();
        }
        moveAll();
        checkDrops();
        if (setting.isNamed()) {
            restart();
        }
    }

    /// Whoever has a connection ID that names its server does not notice, but for another address
    /// that the server sees.
    private void restart() {
        Map<ModelConnection, ModelServer> servers = servers();
        world.restart();
        calm();
        servers.forEach((connection, server) -> assertSame(server, owner(connection)));
        moveAll();
    }

    private Map<ModelConnection, ModelServer> servers() {
        Map<ModelConnection, ModelServer> servers = new HashMap<>();
        world.connections().forEach(each -> servers.put(each, owner(each)));
        return servers;
    }

    private void storm() {
        world.setDials(setting.dials());
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(100)) {
                case 0 -> changeFleet();
                case 1, 2, 3 -> connect();
                case 4, 5, 6, 7 -> move();
                case 8, 9, 10, 11 -> makeNoise();
                case 12, 13, 14 -> forge();
                case 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 -> speak();
                default -> world.step();
            }
        }
    }

    private void connect() {
        if (world.connections().size() >= MOST_CONNECTIONS) {
            return;
        }
        List<ModelSocket> shared = world.sockets().stream().filter(ModelSocket::isShared).toList();
        ModelSocket socket =
                shared.isEmpty() || random.nextBoolean()
                        ? world.newSocket(setting.sharesSockets() && random.nextBoolean())
                        : shared.get(random.nextInt(shared.size()));
        socket.connect().send();
    }

    private void speak() {
        List<ModelConnection> connections = world.connections();
        if (!connections.isEmpty()) {
            ModelConnection connection = connections.get(random.nextInt(connections.size()));
            connection.send();
        }
    }

    /// A flow remembers one first choice for each backend, so that after another Initial only the
    /// same table leads a late copy of the client's own to its server.
    private void forge() {
        List<ModelSocket> sockets = world.sockets().stream().filter(ModelSocket::isProven).toList();
        if (!sockets.isEmpty() && !setting.isScarce() && !setting.changesFleet()) {
            sockets.get(random.nextInt(sockets.size())).forge();
        }
    }

    private void move() {
        List<ModelSocket> sockets =
                world.sockets().stream().filter(ModelSocket::mayRebind).toList();
        if (!sockets.isEmpty()) {
            move(sockets.get(random.nextInt(sockets.size())));
        }
    }

    private void move(ModelSocket socket) {
        if (setting.isNamed() && random.nextBoolean()) {
            socket.migrate();
        } else {
            socket.rebind();
        }
    }

    private void makeNoise() {
        for (int i = setting.makesNoise() ? random.nextInt(10) : 0; i > 0; i--) {
            world.makeNoise();
        }
    }

    /// A flow remembers the latest first choice only, so a table may not change while several
    /// connections of a socket begin.
    private void changeFleet() {
        if (!setting.changesFleet() || setting.sharesSockets()) {
            return;
        }
        int pool = random.nextInt(world.fleet().pools());
        List<PoolMember> members = world.fleet().members(pool);
        PoolMember member = members.get(random.nextInt(members.size()));
        boolean isLastActive =
                members.stream().noneMatch(other -> !other.equals(member) && isActive(other));
        if (random.nextInt(4) == 0) {
            world.fleet().add(pool, setting.newServer(random, pool, nextServer++));
        } else if (!isActive(member)) {
            world.fleet().setState(pool, member.backend(), BackendState.ACTIVE);
        } else if (!isLastActive) {
            world.fleet().setState(pool, member.backend(), BackendState.DRAINING);
        }
        world.publish();
    }

    private static boolean isActive(PoolMember member) {
        return member.state() == BackendState.ACTIVE;
    }

    /// While nothing is on its way: connections of a backend that has gone have no server any more.
    private void removeBackend() {
        int pool = random.nextInt(world.fleet().pools());
        List<PoolMember> members = world.fleet().members(pool);
        PoolMember member = members.get(random.nextInt(members.size()));
        for (int i = 0; i < world.fleet().pools(); i++) {
            world.fleet().add(i, setting.newServer(random, i, nextServer++));
        }
        world.fleet().remove(member.backend());
        world.publish();
    }

    /// Nothing is lost any more, so every connection gets through.
    private void calm() {
        world.setDials(Dials.CALM);
        world.settle();
        long halfOpen = world.books().sessions(SessionState.HALF_OPEN);
        assertTrue(halfOpen <= setting.halfOpenLimit(), halfOpen + " sessions are half-open");
        for (int round = 0; round < ROUNDS_UNTIL_STUCK && !stuck().isEmpty(); round++) {
            if (setting.isLimited()) {
                world.pass(1); // for the limits to let more in
            }
            stuck().forEach(ModelConnection::send);
            world.settle();
        }
        assertEquals(List.of(), stuck(), "get no answer in " + setting);
        if (setting.isScarce()) {
            speakInTurn(); // for sessions that had to begin anew in between
            speakInTurn();
        }
    }

    /// Whoever speaks now and then is remembered.
    private void age() {
        for (int i = 0; i < 3; i++) {
            world.pass(Setting.TIMEOUT_SECONDS / 2);
            speakInTurn();
        }
        world.forgetSources();
        speakInTurn();
        calm();
    }

    /// One after the other, so that the queues do not run full.
    private void speakInTurn() {
        for (ModelConnection connection : world.connections()) {
            connection.send();
            world.settle();
        }
    }

    private List<ModelConnection> stuck() {
        return world.connections().stream()
                .filter(connection -> !connection.isConfirmed() || !connection.isProven())
                .toList();
    }

    /// Every client gets another address: the same server must see it, as another address.
    private void moveAll() {
        Map<ModelConnection, ModelServer> servers = servers();
        Map<ModelConnection, Place> sources = new HashMap<>();
        servers.keySet().forEach(connection -> sources.put(connection, source(connection)));
        List<ModelSocket> moving = world.sockets().stream().filter(ModelSocket::mayRebind).toList();
        moving.forEach(this::move);
        calm();
        moving.stream()
                .flatMap(socket -> socket.connections().stream())
                .filter(servers::containsKey) // the others have no server any more
                .forEach(connection -> {
                    assertSame(servers.get(connection), owner(connection));
                    assertNotEquals(sources.get(connection), source(connection));
                });
    }

    private ModelServer owner(ModelConnection connection) {
        return Objects.requireNonNull(world.owner(connection), "no server was reached");
    }

    private Place source(ModelConnection connection) {
        return Objects.requireNonNull(
                owner(connection).sourceOf(connection.place()), "no source tuple");
    }

    private void checkDrops() {
        if (!setting.makesNoise() && !setting.changesFleet() && !setting.isLimited()) {
            assertEquals(0, world.books().dropped(Side.CLIENT));
            assertEquals(0, world.books().dropped(Side.BACKEND));
        }
    }

    private void checkThatAllIsForgotten() {
        for (SessionState state : SessionState.values()) {
            assertEquals(0, world.books().sessions(state), state.label());
        }
        assertEquals(0, world.books().connectionIds());
        world.settle();
    }
}
