package dev.homing.control.config;

import dev.homing.control.config.schema.LimitsSchema;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Secret;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.Cidr;
import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.config.value.IpText;
import dev.homing.route.Balance;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// From settings to a [Configuration], in the order of the schema. If problems were added the
/// result is of no use.
final class ConfigurationReading {

    /// RFC 9312 section 4.2: a device that keeps state for QUIC flows should not let it go before
    /// two minutes of silence.
    private static final Duration ADVISED_IDLE_TIMEOUT = Duration.ofMinutes(2);

    private static final int HALF_OPEN_MAX = 65_536;

    private final Reading root;
    private final Network network;
    private final Problems problems;

    ConfigurationReading(Reading root, Network network, Problems problems) {
        this.root = root;
        this.network = network;
        this.problems = problems;
    }

    Configuration read() {
        ListenerReading listenerReading = new ListenerReading(root, problems);
        PoolReading poolReading = new PoolReading(root, problems);
        Reading admin = root.in(Schema.ADMIN);
        Optional<AddressText> adminText = admin.get(Schema.ADMIN_ADDRESS);

        HostNames names = new HostNames(network);
        List<AddressText> texts = new ArrayList<>();
        texts.addAll(listenerReading.addresses());
        texts.addAll(poolReading.addresses());
        adminText.ifPresent(texts::add);
        names.resolveAll(texts);

        List<Configuration.Listener> listeners =
                listenerReading.listeners(names, poolReading.names());
        List<Configuration.Pool> pools = poolReading.pools(names, new Loops(listeners, network));
        warnOfUnusedPools(listeners, pools);
        Secret<HashKey> hashKey =
                Secret.read(root, Schema.HASH_KEY, Schema.HASH_KEY_FILE, problems);
        warnOfFlowWithoutKey(hashKey.value(), pools);
        return new Configuration(
                listeners,
                pools,
                threads(root.in(Schema.THREADS)),
                new Configuration.Queues(root.in(Schema.QUEUES).get(Schema.QUEUE_CAPACITY)),
                sessions(root.in(Schema.SESSIONS)),
                new Configuration.ConnectionIds(
                        root.in(Schema.CONNECTION_IDS).get(Schema.CONNECTION_IDS_MAX)),
                sockets(root.in(Schema.SOCKETS)),
                Limits.read(root.in(LimitsSchema.LIMITS)),
                hashKey.value(),
                hashKey.file(),
                adminText.flatMap(text -> adminAddress(text, admin, names)),
                adminNames(adminText, admin),
                new Configuration.Stop(root.in(Schema.STOP).get(Schema.DRAIN_TIMEOUT)),
                new Configuration.Reload(root.in(Schema.RELOAD).get(Schema.WATCH)),
                log(root.in(Schema.LOG)));
    }

    private Optional<InetSocketAddress> adminAddress(
            AddressText text, Reading admin, HostNames names) {
        List<InetAddress> addresses =
                names.of(
                        text,
                        admin.where(Schema.ADMIN_ADDRESS),
                        admin.path(Schema.ADMIN_ADDRESS),
                        problems);
        return addresses.stream()
                .findFirst()
                .map(address -> new InetSocketAddress(address, text.firstPort()));
    }

    /// Those that are listed, and the one that the address is given by.
    private static List<String> adminNames(Optional<AddressText> address, Reading admin) {
        Stream<String> ofAddress =
                address
                        .map(AddressText::host)
                        .filter(host -> IpText.literal(host).isEmpty())
                        .stream();
        return Stream.concat(
                        admin.values(Schema.ADMIN_NAMES).stream().map(Reading.Located::value),
                        ofAddress)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private Configuration.Threads threads(Reading reading) {
        Configuration.Threads threads =
                new Configuration.Threads(
                        reading.get(Schema.RECEIVERS),
                        reading.get(Schema.SHARDS),
                        reading.get(Schema.CPUS));
        int cpus = threads.cpus().size();
        if (cpus == 0) {
            return threads;
        }
        int wanted = threads.receiversOn(cpus) + threads.shardsOn(cpus);
        String what =
                "names %d of the %d CPUs that the receivers and shards need"
                        .formatted(cpus, wanted);
        if (cpus < wanted) {
            problems.add(
                    reading.where(Schema.CPUS),
                    reading.path(Schema.CPUS),
                    what,
                    "Name one CPU for each of them, or lower %s or %s."
                            .formatted(
                                    reading.path(Schema.RECEIVERS), reading.path(Schema.SHARDS)));
        } else if (cpus > wanted) {
            problems.warn(
                    reading.where(Schema.CPUS),
                    reading.path(Schema.CPUS),
                    "names %d CPUs for %d receivers and shards".formatted(cpus, wanted),
                    "The last ones stay unused; name fewer, or more threads.");
        }
        return threads;
    }

    private Configuration.Sessions sessions(Reading sessions) {
        int max = sessions.get(Schema.SESSIONS_MAX);
        int halfOpenMax =
                sessions.find(Schema.SESSIONS_HALF_OPEN_MAX).orElse(Math.min(HALF_OPEN_MAX, max));
        if (halfOpenMax > max) {
            problems.add(
                    sessions.where(Schema.SESSIONS_HALF_OPEN_MAX),
                    sessions.path(Schema.SESSIONS_HALF_OPEN_MAX),
                    halfOpenMax
                            + " is more than "
                            + sessions.path(Schema.SESSIONS_MAX)
                            + ", "
                            + max,
                    "Give at most "
                            + max
                            + ", or raise "
                            + sessions.path(Schema.SESSIONS_MAX)
                            + ".");
        }
        Duration idleTimeout = sessions.get(Schema.SESSIONS_IDLE_TIMEOUT);
        if (idleTimeout.compareTo(ADVISED_IDLE_TIMEOUT) < 0) {
            problems.warn(
                    sessions.where(Schema.SESSIONS_IDLE_TIMEOUT),
                    sessions.path(Schema.SESSIONS_IDLE_TIMEOUT),
                    Durations.print(idleTimeout) + " is less than two minutes",
                    "Connections that are silent for longer lose their way; RFC 9312 section 4.2 advises two minutes or"
                            + " more.");
        }
        return new Configuration.Sessions(
                max,
                halfOpenMax,
                idleTimeout,
                sessions.get(Schema.SESSIONS_HALF_OPEN_TIMEOUT),
                sessions.get(Schema.SESSIONS_ALIASES_MAX));
    }

    private Configuration.Sockets sockets(Reading sockets) {
        List<Cidr> blocks = new ArrayList<>();
        for (Reading.Located<Cidr> located : sockets.values(Schema.SOURCE_ADDRESSES)) {
            Cidr block = located.value();
            blocks.stream()
                    .filter(block::overlaps)
                    .findFirst()
                    .ifPresent(other ->
                            problems.add(
                                    located.where(),
                                    located.path(),
                                    block + " overlaps " + other,
                                    "Give each address once."));
            blocks.add(block);
        }
        return new Configuration.Sockets(
                sockets.get(Schema.RECEIVE_BUFFER),
                sockets.get(Schema.SEND_BUFFER),
                sockets.get(Schema.TRAINS),
                sockets.get(Schema.BUSY_POLL),
                sockets.get(Schema.BACKEND_PORTS_MAX),
                blocks);
    }

    private static Configuration.Log log(Reading log) {
        return new Configuration.Log(log.get(Schema.LOG_FORMAT), log.get(Schema.LOG_LEVEL));
    }

    private void warnOfUnusedPools(
            List<Configuration.Listener> listeners, List<Configuration.Pool> pools) {
        for (Configuration.Pool pool : pools) {
            if (!listeners.isEmpty()
                    && listeners.stream()
                            .noneMatch(listener -> listener.pool().equals(pool.name()))) {
                problems.warn(
                        root.where(Schema.POOLS),
                        root.path(Schema.POOLS) + "." + pool.name(),
                        "no listener uses this pool",
                        "Name it at a listener, or remove it.");
            }
        }
    }

    private void warnOfFlowWithoutKey(Optional<HashKey> hashKey, List<Configuration.Pool> pools) {
        if (hashKey.isEmpty() && pools.stream().anyMatch(pool -> pool.balance() == Balance.FLOW)) {
            problems.warn(
                    root.where(Schema.POOLS),
                    Schema.HASH_KEY.name(),
                    "a pool balances by flow without a shared hash key",
                    "Several instances will choose differently, and again after each restart: give all of them the same"
                            + " hash-key.");
        }
    }
}
