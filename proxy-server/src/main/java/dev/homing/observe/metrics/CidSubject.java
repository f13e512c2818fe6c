package dev.homing.observe.metrics;

import dev.homing.cid.CidScheme;
import dev.homing.cid.Undecodable;
import dev.homing.cid.UndecodedIds;
import dev.homing.route.RoutingTable;
import java.util.List;
import java.util.function.Supplier;

/// Connection IDs that the scheme of a listener's pool cannot read.
///
/// @param listeners addresses, by their index
record CidSubject(
        List<String> listeners, List<UndecodedIds> undecoded, Supplier<RoutingTable> routing)
        implements Subject {

    @Override
    public void write(Sheet sheet) {
        Series series =
                sheet.counter(
                        "homing_connection_id_undecodable_total",
                        "Connection IDs of clients that the pool's scheme could not read, and that went on by other means;"
                                + " not those of packets that may open a connection, which are the client's random"
                                + " choice. The configuration is the rotation bits, or none.",
                        "listener",
                        "configuration",
                        "reason");
        RoutingTable table = routing.get();
        for (int i = 0; i < listeners.size(); i++) {
            CidScheme scheme = table.poolOfListener(i).cidScheme();
            if (scheme != null) {
                write(series, i, scheme.undecodable());
            }
        }
    }

    private void write(Series series, int listener, List<Undecodable> ways) {
        for (Undecodable way : ways) {
            long count = 0;
            for (UndecodedIds ofThread : undecoded) {
                count += ofThread.count(listener, way);
            }
            series.put(
                    count, listeners.get(listener), way.configurationLabel(), way.reason().label());
        }
    }
}
