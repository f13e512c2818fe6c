package dev.homing.observe.metrics.reading;

import dev.homing.cid.UndecodedIds;
import dev.homing.ledger.Books;
import dev.homing.route.RoutingTable;
import java.util.List;
import java.util.function.Supplier;

/// All that metrics are read from.
///
/// @param threads that move datagrams
/// @param queues between them
/// @param listeners the addresses as the operator wrote them, by their index
/// @param undecoded what each thread that receives counts of connection IDs
/// @param sockets that clients write to
/// @param ports toward backends, an entry for each shard
/// @param routing the table in force
/// @param health which backends are up
/// @param reloads how the configuration came into force
/// @param names how names of backends are resolved
public record Readings(
        Books books,
        List<ThreadReading> threads,
        List<QueueReading> queues,
        List<String> listeners,
        List<UndecodedIds> undecoded,
        List<SocketReading> sockets,
        List<PortsReading> ports,
        Supplier<RoutingTable> routing,
        HealthReadings health,
        Supplier<ReloadReading> reloads,
        Supplier<NamesReading> names,
        Allowance allowance,
        BuildLabels build) {

    public Readings {
        threads = List.copyOf(threads);
        queues = List.copyOf(queues);
        listeners = List.copyOf(listeners);
        undecoded = List.copyOf(undecoded);
        sockets = List.copyOf(sockets);
        ports = List.copyOf(ports);
    }
}
