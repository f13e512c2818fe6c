package dev.homing.control.config;

import dev.homing.control.config.cid.CidReading;
import dev.homing.control.config.health.HealthReading;
import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Where;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.IpText;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// Reads the pools and their backends, one for each address of a name.
final class PoolReading {

    /// A backend as written. `name` is the address text if none is given.
    record WrittenBackend(
            String name,
            AddressText address,
            int weight,
            BackendState state,
            Where where,
            String key) {}

    private record WrittenPool(
            String name,
            Balance balance,
            OptionalInt connectionIdLength,
            CidReading cids,
            HealthSettings health,
            List<WrittenBackend> backends,
            boolean isFileWritten,
            Where where) {

        /// Whether its backends may be others at the next look, without anybody's doing.
        boolean comesAndGoes() {
            return isFileWritten
                    || backends.stream()
                            .anyMatch(
                                    backend -> IpText.literal(backend.address().host()).isEmpty());
        }
    }

    private final Problems problems;
    private final List<WrittenPool> written = new ArrayList<>();
    private final Where map;

    PoolReading(Reading root, Problems problems) {
        this.problems = problems;
        this.map = root.where(Schema.POOLS);
        root.named(Schema.POOLS).forEach((name, pool) -> written.add(read(name, pool)));
        if (written.isEmpty() && !root.isWrongShape(Schema.POOLS)) {
            problems.add(
                    map,
                    Schema.POOLS.name(),
                    "there is no pool",
                    "Give at least one server to forward to, for example --backend 10.0.0.1:4433.");
        }
        if (written.size() > Configuration.POOLS_MAX) {
            problems.add(
                    map,
                    Schema.POOLS.name(),
                    written.size() + " pools are too many",
                    "Define at most " + Configuration.POOLS_MAX + ".");
        }
    }

    private WrittenPool read(String name, Reading pool) {
        List<WrittenBackend> backends = new ArrayList<>();
        List<Reading> readings = pool.each(Schema.BACKENDS);
        pool.find(Schema.BACKENDS_FILE);
        if (readings.isEmpty()
                && !pool.isWrongShape(Schema.BACKENDS)
                && !pool.isWritten(Schema.BACKENDS_FILE)) {
            problems.add(
                    pool.where(Schema.BACKENDS),
                    pool.path(Schema.BACKENDS),
                    "there is no backend",
                    "Give at least one address of a server.");
        }
        for (Reading backend : readings) {
            // Read all, also behind a wrong address, to find all problems.
            var address = backend.find(Schema.BACKEND_ADDRESS);
            var given = backend.find(Schema.BACKEND_NAME);
            int weight = backend.get(Schema.BACKEND_WEIGHT);
            BackendState state = backend.get(Schema.BACKEND_STATE);
            address.ifPresent(text ->
                    backends.add(
                            new WrittenBackend(
                                    given.orElse(text.text()),
                                    text,
                                    weight,
                                    state,
                                    backend.where(Schema.BACKEND_ADDRESS),
                                    backend.path(Schema.BACKEND_ADDRESS))));
        }
        return new WrittenPool(
                name,
                pool.get(Schema.POOL_BALANCE),
                pool.get(Schema.POOL_CONNECTION_ID_LENGTH),
                new CidReading(pool, problems),
                HealthReading.read(pool, problems),
                backends,
                pool.isWritten(Schema.BACKENDS_FILE),
                pool.where(Schema.BACKENDS));
    }

    List<String> names() {
        return written.stream().map(WrittenPool::name).toList();
    }

    List<AddressText> addresses() {
        return written.stream()
                .flatMap(pool -> pool.backends().stream().map(WrittenBackend::address))
                .toList();
    }

    List<Configuration.Pool> pools(HostNames names, Loops loops) {
        BackendExpansion expansion = new BackendExpansion(names, loops, problems);
        List<Configuration.Pool> pools = new ArrayList<>();
        for (WrittenPool pool : written) {
            List<Configuration.Backend> backends = expansion.expand(pool.backends());
            warnIfClosed(pool, backends);
            warnIfWatchedOtherwise(pool, backends, pools);
            pools.add(
                    new Configuration.Pool(
                            pool.name(),
                            pool.balance(),
                            pool.connectionIdLength(),
                            pool.cids().settings(addresses(backends), pool.comesAndGoes()),
                            pool.health(),
                            backends));
        }
        if (expansion.distinctAddresses() > Configuration.BACKEND_ADDRESSES_MAX) {
            problems.add(
                    map,
                    Schema.POOLS.name(),
                    expansion.distinctAddresses() + " backend addresses are too many",
                    "List at most " + Configuration.BACKEND_ADDRESSES_MAX + ".");
        }
        return pools;
    }

    private static SequencedMap<String, InetAddress> addresses(
            List<Configuration.Backend> backends) {
        SequencedMap<String, InetAddress> addresses = new LinkedHashMap<>();
        backends.forEach(backend -> addresses.put(backend.name(), backend.address().getAddress()));
        return addresses;
    }

    private void warnIfWatchedOtherwise(
            WrittenPool pool,
            List<Configuration.Backend> backends,
            List<Configuration.Pool> before) {
        for (Configuration.Backend backend : backends) {
            before.stream()
                    .filter(other -> other.lists(backend.address()))
                    .findFirst()
                    .filter(first -> !first.health().isProbedLike(pool.health()))
                    .ifPresent(first ->
                            problems.warn(
                                    pool.where(),
                                    Schema.POOLS.name() + "." + pool.name() + ".health",
                                    "%s is in pool %s too, with other health settings"
                                            .formatted(backend.name(), first.name()),
                                    "It is watched once, by those of %s; give both pools the same."
                                            .formatted(first.name())));
        }
    }

    private void warnIfClosed(WrittenPool pool, List<Configuration.Backend> backends) {
        if (!backends.isEmpty()
                && backends.stream().noneMatch(Configuration.Backend::takesNewConnections)) {
            problems.warn(
                    pool.where(),
                    Schema.POOLS.name() + "." + pool.name() + "." + Schema.BACKENDS.name(),
                    "no backend takes new connections",
                    "Each is draining or has weight 0.");
        }
    }
}
