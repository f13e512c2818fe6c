package dev.homing.observe.machine;

import dev.homing.linux.NicOffloads;
import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import dev.homing.observe.machine.text.CpuMask;
import dev.homing.observe.machine.text.Single;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The network interfaces that datagrams come through, from `/sys/class/net`
/// (Documentation/ABI/testing/sysfs-class-net) and the kernel.
///
/// These are the ones with a device behind them, real or a virtual machine's, that are up. A
/// container often has none of those: then all that are up, and the loopback only if there is
/// nothing else. So their number stays small on a machine with a thousand containers, each with its
/// `veth`.
final class Interfaces {

    private static final String FOLDER = "sys/class/net";
    private static final String LOOPBACK = "lo";

    /// By the file in `statistics`.
    private static final Map<String, String> COUNTERS =
            Map.of(
                    "rx_packets", "rx_packets",
                    "rx_dropped", "rx_dropped",
                    "rx_missed_errors", "rx_missed",
                    "rx_fifo_errors", "rx_fifo",
                    "rx_errors", "rx_errors",
                    "tx_packets", "tx_packets",
                    "tx_dropped", "tx_dropped");

    private final MachineFiles files;
    private final Function<String, Optional<NicOffloads>> offloads;

    /// @param offloads what the kernel says of an interface's
    Interfaces(MachineFiles files, Function<String, Optional<NicOffloads>> offloads) {
        this.files = files;
        this.offloads = offloads;
    }

    List<Reading> read() {
        List<Reading> readings = new ArrayList<>();
        for (String name : names()) {
            counters(name, readings);
            queues(name, readings);
            files.text(path(name, "mtu"))
                    .flatMap(text -> Single.of(Quantity.NIC_MTU, text, name))
                    .ifPresent(readings::add);
            offloads.apply(name)
                    .ifPresent(on -> {
                        readings.add(offload(name, "gro", on.gro()));
                        readings.add(offload(name, "gso", on.gso()));
                    });
        }
        return readings;
    }

    private static Reading offload(String name, String offload, boolean isOn) {
        return Reading.of(Quantity.NIC_OFFLOAD, isOn ? 1 : 0, name, offload);
    }

    /// Those that are worth reading.
    List<String> names() {
        List<String> up = files.names(FOLDER).stream().filter(this::isUp).toList();
        List<String> devices =
                up.stream().filter(name -> files.exists(path(name, "device"))).toList();
        if (!devices.isEmpty()) {
            return devices;
        }
        List<String> others = up.stream().filter(name -> !name.equals(LOOPBACK)).toList();
        return others.isEmpty() ? up : others;
    }

    /// RFC 2863's state, or "unknown" where a driver does not keep one, as the loopback's. A file
    /// such as `bonding_masters` is no interface and has none.
    private boolean isUp(String name) {
        return files.text(path(name, "operstate"))
                .map(state -> state.startsWith("up") || state.startsWith("unknown"))
                .orElse(false);
    }

    private void counters(String name, List<Reading> readings) {
        COUNTERS.forEach((file, counter) ->
                files.text(path(name, "statistics/" + file))
                        .flatMap(text -> Single.of(Quantity.NIC, text, name, counter))
                        .ifPresent(readings::add));
    }

    private void queues(String name, List<Reading> readings) {
        List<String> queues = files.names(path(name, "queues"));
        List<String> receive = queues.stream().filter(queue -> queue.startsWith("rx-")).toList();
        if (queues.isEmpty()) {
            return;
        }
        int send = queues.size() - receive.size();
        readings.add(Reading.of(Quantity.NIC_QUEUES, receive.size(), name, "rx"));
        readings.add(Reading.of(Quantity.NIC_QUEUES, send, name, "tx"));
        BitSet cpus = new BitSet();
        boolean isKnown = false;
        for (String queue : receive) {
            Optional<String> mask = files.text(path(name, "queues/" + queue + "/rps_cpus"));
            if (mask.isPresent()) {
                isKnown = true;
                cpus.or(CpuMask.of(mask.get()));
            }
        }
        if (isKnown) {
            readings.add(Reading.of(Quantity.NIC_RPS_CPUS, cpus.cardinality(), name));
        }
    }

    private static String path(String name, String file) {
        return FOLDER + "/" + name + "/" + file;
    }
}
