package dev.homing.bench.quic;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Traffic;
import dev.homing.bench.load.Values;
import dev.homing.bench.measure.ProcessTime;
import dev.homing.bench.subject.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The two stations of real QUIC: a process with servers, and one with clients that trust them.
///
/// One thread.
final class QuicPlaces implements AutoCloseable {

    private static final int DATAGRAM_BYTES = 1350;
    private static final int CLIENTS_AT_ONCE = 1024;

    private final ChildProcess servers;
    private final ChildProcess clients;
    private final List<Integer> ports;

    private QuicPlaces(ChildProcess servers, ChildProcess clients, List<Integer> ports) {
        this.servers = servers;
        this.clients = clients;
        this.ports = ports;
    }

    /// @param count of servers
    static QuicPlaces start(int count) throws IOException {
        ChildProcess servers =
                ChildProcess.java("the QUIC servers' station", List.of(), QuicStation.class);
        ChildProcess clients = null;
        try {
            Map<String, Object> serving = servers.ask(Map.of("do", "serve", "servers", count));
            clients = ChildProcess.java("the QUIC clients' station", List.of(), QuicStation.class);
            clients.ask(Map.of("do", "trust", "certificate", Values.text(serving, "certificate")));
            return new QuicPlaces(servers, clients, Values.integers(serving, "ports"));
        } catch (IOException e) {
            servers.close();
            if (clients != null) {
                clients.close();
            }
            throw e;
        }
    }

    /// Where a subject is put between them. Of the traffic it asks only how many clients there are.
    Setting setting() {
        Traffic traffic =
                new Traffic(DATAGRAM_BYTES, 1, 1, CLIENTS_AT_ONCE, Pattern.SOCKETS, 1000, 1, 0);
        return new Setting(traffic, ports, 0, false, false, List.of());
    }

    /// @param port of the subject
    Outcome run(QuicLoad load, int port) throws IOException {
        return Outcome.of(clients.ask(Map.of("do", "run", "port", port, "load", load.asValues())));
    }

    /// Of both stations, since their start.
    long nanos() throws IOException {
        ProcessTime none = new ProcessTime(Map.of());
        return ProcessTime.of(servers.pid()).since(none)
                + ProcessTime.of(clients.pid()).since(none);
    }

    @Override
    public void close() {
        clients.close();
        servers.close();
    }
}
