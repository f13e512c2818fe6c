package dev.homing.observe.metrics.reading;

import dev.homing.ledger.Books;
import dev.homing.route.RoutingTable;
import java.util.List;
import java.util.function.Supplier;

/// All that metrics are read from.
///
/// @param threads that move datagrams
/// @param queues between them
/// @param sockets that clients write to
/// @param ports toward backends, an entry for each shard
/// @param routing the table in force
public record Readings(
        Books books,
        List<ThreadReading> threads,
        List<QueueReading> queues,
        List<SocketReading> sockets,
        List<PortsReading> ports,
        Supplier<RoutingTable> routing,
        Allowance allowance,
        BuildLabels build) {

    public Readings {
        threads = List.copyOf(threads);
        queues = List.copyOf(queues);
        sockets = List.copyOf(sockets);
        ports = List.copyOf(ports);
    }
}
