package dev.homing.control.config;

import dev.homing.control.config.cid.CidSettings;
import dev.homing.control.config.health.HealthSettings;
import dev.homing.control.config.value.Cidr;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.config.value.LogFormat;
import dev.homing.control.config.value.LogLevel;
import dev.homing.control.config.value.Steering;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// All that an operator can choose, checked and with every address resolved. The meaning of each
/// part stands in [dev.homing.control.config.schema.Schema].
///
/// @param listeners one for each address and port, at least one
/// @param pools at least one, in the order of writing, names unique
/// @param hashKey empty if none is given: then draw one with [HashKey#random()]
/// @param hashKeyFile where the hash key was read from, if from a file
/// @param admin empty if switched off
/// @param adminNames that the admin address may be asked by, in lower case
public record Configuration(
        List<Listener> listeners,
        List<Pool> pools,
        Threads threads,
        Queues queues,
        Sessions sessions,
        ConnectionIds connectionIds,
        Sockets sockets,
        Limits limits,
        Optional<HashKey> hashKey,
        Optional<String> hashKeyFile,
        Optional<InetSocketAddress> admin,
        List<String> adminNames,
        Stop stop,
        Reload reload,
        Log log) {

    public static final int LISTENERS_MAX = 255;
    public static final int POOLS_MAX = 255;
    public static final int BACKEND_ADDRESSES_MAX = 16_000;

    public Configuration {
        listeners = List.copyOf(listeners);
        pools = List.copyOf(pools);
        adminNames = List.copyOf(adminNames);
    }

    /// @param address port 0 means any free port; the IPv6 wildcard receives IPv4 too
    /// @param pool the name of one of the pools
    public record Listener(InetSocketAddress address, String pool, Steering steering) {}

    /// @param connectionIdLength in bytes; empty if it is to be learned
    /// @param cids how the connection IDs name the servers
    /// @param health how it is found out which backends are up
    /// @param backends at least one, names and addresses unique
    public record Pool(
            String name,
            Balance balance,
            OptionalInt connectionIdLength,
            CidSettings cids,
            HealthSettings health,
            List<Backend> backends) {
        public Pool {
            backends = List.copyOf(backends);
        }

        public boolean lists(InetSocketAddress address) {
            return backends.stream().anyMatch(backend -> backend.address().equals(address));
        }
    }

    /// @param name the same in every pool that lists this address
    /// @param weight 0 to 1000; 0 takes no new connections
    public record Backend(String name, InetSocketAddress address, int weight, BackendState state) {
        public boolean takesNewConnections() {
            return weight > 0 && state == BackendState.ACTIVE;
        }
    }

    /// @param receivers empty for `auto`
    /// @param shards empty for `auto`
    /// @param cpus one for each receiver, then one for each shard; empty if they are not pinned
    public record Threads(OptionalInt receivers, OptionalInt shards, List<Integer> cpus) {

        private static final int MOST = 64;

        public Threads {
            cpus = List.copyOf(cpus);
        }

        /// How many receivers there are on a machine; 0 means that each shard receives for itself.
        public int receiversOn(int machineCores) {
            int cores = coresOf(machineCores);
            return receivers.orElse(cores >= 4 ? Math.min(MOST, cores / 2) : 0);
        }

        /// Those that are named, else all that the machine has.
        private int coresOf(int machineCores) {
            return cpus.isEmpty() ? machineCores : cpus.size();
        }

        /// How many shards there are on a machine: what the receivers leave of the cores, at least
        /// one.
        public int shardsOn(int machineCores) {
            int left = coresOf(machineCores) - receiversOn(machineCores);
            return shards.orElse(Math.clamp(left, 1, MOST));
        }
    }

    /// @param capacity in datagrams, a power of two
    public record Queues(int capacity) {}

    public record Sessions(
            int max,
            int halfOpenMax,
            Duration idleTimeout,
            Duration halfOpenTimeout,
            int aliasesMax) {}

    public record ConnectionIds(int max) {}

    /// @param busyPoll zero if switched off
    /// @param backendPortsMax empty if it follows from the limit of open files
    /// @param trains whether datagrams are taken and sent several at a time where the kernel can
    /// @param sourceAddresses blocks that do not overlap; empty if the kernel chooses
    public record Sockets(
            int receiveBufferBytes,
            int sendBufferBytes,
            boolean trains,
            Duration busyPoll,
            OptionalInt backendPortsMax,
            List<Cidr> sourceAddresses) {
        public Sockets {
            sourceAddresses = List.copyOf(sourceAddresses);
        }
    }

    public record Stop(Duration drainTimeout) {}

    /// @param watch whether files are watched
    public record Reload(boolean watch) {}

    public record Log(LogFormat format, LogLevel level) {}

    /// YAML that reads back to an equal configuration, except that a hash key that is not in a file
    /// of its own shows as a mask, which is refused when read.
    public String toYaml() {
        return ConfigurationText.yaml(this);
    }
}
