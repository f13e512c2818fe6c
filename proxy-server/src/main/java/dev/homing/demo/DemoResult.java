package dev.homing.demo;

import java.util.List;

/// What came of the demonstration.
public record DemoResult(
        List<DemoConnection> connections, List<DemoServer> servers, long durationNs) {
    public DemoResult {
        connections = List.copyOf(connections);
        servers = List.copyOf(servers);
    }

    /// Whether nobody lost anything: every byte arrived, every connection stayed on its server, and
    /// the servers saw each change of address.
    public boolean isOk() {
        return !connections.isEmpty() && connections.stream().allMatch(DemoConnection::isOk);
    }
}
