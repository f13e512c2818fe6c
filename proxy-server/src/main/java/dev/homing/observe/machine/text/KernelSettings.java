package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;

/// Settings below `/proc/sys` that decide how many datagrams a machine can take.
public final class KernelSettings {

    /// As sysctl(8) names them. A network namespace hides those that are the machine's.
    public static final List<String> NAMES =
            List.of(
                    "net.core.rmem_max",
                    "net.core.rmem_default",
                    "net.core.wmem_max",
                    "net.core.wmem_default",
                    "net.core.netdev_max_backlog",
                    "net.core.netdev_budget",
                    "net.core.netdev_budget_usecs",
                    "net.core.rps_sock_flow_entries",
                    "net.core.busy_poll",
                    "net.ipv4.ip_local_port_range",
                    "net.netfilter.nf_conntrack_udp_timeout",
                    "net.netfilter.nf_conntrack_udp_timeout_stream",
                    "fs.nr_open");

    private KernelSettings() {}

    /// Where it is, below the root.
    public static String path(String name) {
        return "proc/sys/" + name.replace('.', '/');
    }

    /// @param text one number, or the two of a range
    public static List<Reading> of(String name, String text) {
        String[] columns = Columns.of(text);
        List<Reading> readings = new ArrayList<>();
        if (columns.length == 1) {
            Single.of(Quantity.SETTING, text, name).ifPresent(readings::add);
        } else if (columns.length == 2) {
            Single.of(Quantity.SETTING, columns[0], name + ".first").ifPresent(readings::add);
            Single.of(Quantity.SETTING, columns[1], name + ".last").ifPresent(readings::add);
        }
        return readings;
    }
}
