package dev.homing.explain;

import dev.homing.cid.CidDescription;
import dev.homing.cid.CidScheme;
import dev.homing.control.config.Configuration;
import dev.homing.control.routing.RoutingTables;
import dev.homing.route.Backend;
import dev.homing.route.Pool;
import dev.homing.route.RoutingTable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads connection IDs by the schemes of some pools.
public final class CidReader {

    private final RoutingTable table;
    private final List<Configuration.Pool> pools;

    /// @param pools those of the configuration that are asked
    public CidReader(Configuration configuration, List<Configuration.Pool> pools) {
        this.table = new RoutingTables().of(configuration);
        this.pools = List.copyOf(pools);
    }

    /// What each pool makes of a connection ID.
    public List<CidVerdict> read(byte[] connectionId) {
        List<CidVerdict> verdicts = new ArrayList<>();
        for (Configuration.Pool pool : pools) {
            Optional<CidDescription> description =
                    scheme(pool)
                            .map(scheme ->
                                    scheme.describe(
                                            MemorySegment.ofArray(connectionId),
                                            0,
                                            connectionId.length));
            verdicts.add(
                    new CidVerdict(
                            pool, description, description.flatMap(read -> backend(pool, read))));
        }
        return verdicts;
    }

    private Optional<CidScheme> scheme(Configuration.Pool configured) {
        return table.pools().stream()
                .filter(pool -> pool.name().equals(configured.name()))
                .findFirst()
                .map(Pool::cidScheme);
    }

    private Optional<Configuration.Backend> backend(
            Configuration.Pool pool, CidDescription description) {
        Backend named = table.backend(description.verdict());
        return named == null
                ? Optional.empty()
                : pool.backends().stream()
                        .filter(backend -> backend.name().equals(named.name()))
                        .findFirst();
    }
}
