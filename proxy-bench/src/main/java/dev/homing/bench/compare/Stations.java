package dev.homing.bench.compare;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Station;
import dev.homing.bench.load.Values;
import dev.homing.bench.measure.ProcessTime;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The two ends in one place: where clients are, and where backends are.
///
/// One thread.
final class Stations implements AutoCloseable {

    private final ChildProcess clients;
    private final ChildProcess backends;
    private List<Integer> clientPorts = List.of();
    private List<Integer> backendPorts = List.of();
    private int phases;

    private Stations(ChildProcess clients, ChildProcess backends) {
        this.clients = clients;
        this.backends = backends;
    }

    /// @param prefix what stands before a command that is to run in that place
    static Stations start(List<String> prefix) throws IOException {
        ChildProcess clients = ChildProcess.java("the clients' station", prefix, Station.class);
        try {
            return new Stations(
                    clients, ChildProcess.java("the backends' station", prefix, Station.class));
        } catch (IOException e) {
            clients.close();
            throw e;
        }
    }

    /// Opens sockets for a load, instead of those there are.
    void open(Load load) throws IOException {
        boolean joins = load.traffic().train() > 1;
        Map<String, Object> command = new LinkedHashMap<>();
        command.put("do", "backends");
        command.put("sockets", load.backends());
        command.put("gro", joins);
        backendPorts = Values.integers(backends.ask(command), "ports");
        command.put("do", "clients");
        command.put("sockets", load.traffic().sockets());
        clientPorts = Values.integers(clients.ask(command), "ports");
    }

    /// A number that no datagram on its way has yet.
    int nextPhase() {
        return ++phases;
    }

    List<Integer> backendPorts() {
        return backendPorts;
    }

    List<Integer> clientPorts() {
        return clientPorts;
    }

    ChildProcess clients() {
        return clients;
    }

    ChildProcess backends() {
        return backends;
    }

    /// Of both.
    ProcessTime clientTime() throws IOException {
        return ProcessTime.of(clients.pid());
    }

    ProcessTime backendTime() throws IOException {
        return ProcessTime.of(backends.pid());
    }

    @Override
    public void close() {
        clients.close();
        backends.close();
    }
}
