package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.CpuLists;
import dev.homing.control.health.probe.ProbeSockets;
import dev.homing.linux.BrokenMachine;
import dev.homing.linux.CpuAffinity;
import dev.homing.linux.OpenFiles;
import java.util.BitSet;
import java.util.List;

/// How the configured maxima are shared out among threads.
///
/// @param receivers dedicated receivers; 0 when each shard receives for itself
/// @param shards forwarding workers, at least 1
/// @param backendPortsPerShard sockets that each shard may open toward backends
record Threads(int receivers, int shards, int backendPortsPerShard) {

    /// Files that are neither listening sockets nor backend ports: epoll, event and timer
    /// descriptors of each loop, the JVM's jars, the admin endpoint's connections.
    private static final int FILES_PER_LOOP = 3;

    private static final int OTHER_FILES = 256;

    /// @throws BrokenMachine if CPUs are named that the process may not use
    static Threads of(Configuration configuration, int cores, OpenFiles limit) {
        checkCpus(configuration.threads().cpus());
        int receivers = configuration.threads().receiversOn(cores);
        int shards = configuration.threads().shardsOn(cores);
        Threads threads = new Threads(receivers, shards, 0);
        long reserved =
                OTHER_FILES
                        + ProbeSockets.MAX
                        + (long) FILES_PER_LOOP * (receivers + shards)
                        + (long) configuration.listeners().size() * threads.listening();
        long affordable = Math.max(0, limit.soft() - reserved);
        long wanted = configuration.sockets().backendPortsMax().orElse(Integer.MAX_VALUE);
        return new Threads(receivers, shards, (int) (Math.min(affordable, wanted) / shards));
    }

    private static void checkCpus(List<Integer> named) {
        BitSet allowed = named.isEmpty() ? new BitSet() : CpuAffinity.allowed();
        List<Integer> refused = named.stream().filter(cpu -> !allowed.get(cpu)).toList();
        if (!refused.isEmpty()) {
            throw new BrokenMachine(
                    "threads.cpus: this process may not use CPU %s, only %s: choose among these, or change its affinity (taskset, cpuset, CPUAffinity=)"
                            .formatted(
                                    CpuLists.print(refused),
                                    CpuLists.print(allowed.stream().boxed().toList())));
        }
    }

    /// How many threads have a socket of each listening address.
    int listening() {
        return receivers == 0 ? shards : receivers;
    }

    /// A shard's part of a process-wide maximum, rounded up.
    int share(int maximum) {
        return (maximum + shards - 1) / shards;
    }
}
