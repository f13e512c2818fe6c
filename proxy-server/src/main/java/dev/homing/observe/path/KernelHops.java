package dev.homing.observe.path;

import java.util.List;

/// Where the kernel has a datagram, before and after Homing. The sources are proc(5), Linux'
/// Documentation/networking/statistics.rst and scaling.rst, and net/ipv4/udp.c for what counts
/// when.
final class KernelHops {

    private static final String NIC = "homing_machine_nic_total";
    private static final String SOFTNET = "homing_machine_softnet_total";
    private static final String UDP = "homing_machine_udp_total";
    private static final String CONNTRACK = "homing_machine_conntrack_total";

    private KernelHops() {}

    static Hop nic() {
        return new Hop(
                "nic",
                "NIC",
                "The network card puts packets into its ring in memory.",
                "",
                true,
                List.of(nic("rx_packets")),
                List.of(
                        Loss.of(
                                nic("rx_missed"),
                                "The card's ring was full: the kernel fetched packets too slowly.",
                                "Lengthen the ring (ethtool -G DEV rx 4096), give it more queues (ethtool -L DEV combined N),"
                                        + " and look for a CPU that is busy with softirq."),
                        Loss.of(
                                nic("rx_fifo"),
                                "The card's own memory overflowed.",
                                "Lengthen the ring (ethtool -G DEV rx 4096), and look for a slow PCI bus or pause frames."),
                        Loss.of(
                                nic("rx_errors"),
                                "Packets arrived damaged: bad checksums of frames, bad lengths.",
                                "Check cable, transceiver and switch port: ethtool -S DEV says which errors these are."),
                        // Also counts frames of protocols that nobody speaks, such as LLDP and STP.
                        Loss.of(
                                        nic("rx_dropped"),
                                        "The driver or the kernel threw packets away after receiving them.",
                                        "Look at ethtool -S DEV for which ones; lengthen the ring (ethtool -G DEV rx 4096).")
                                .usualBelow(1)),
                List.of());
    }

    static Hop softirq() {
        return new Hop(
                "softirq",
                "softirq",
                "The kernel takes packets out of the ring, on the CPU that the interrupt came to.",
                "",
                true,
                List.of(softnet("processed")),
                List.of(
                        Loss.of(
                                softnet("dropped"),
                                "A CPU's backlog was full (net.core.netdev_max_backlog).",
                                "Spread the work over more CPUs (RPS: /sys/class/net/DEV/queues/rx-N/rps_cpus), and"
                                        + " sysctl -w net.core.netdev_max_backlog=8192."),
                        Loss.of(
                                softnet("flow_limited"),
                                "A flow took more than its part of a CPU's backlog (net.core.flow_limit_cpu_bitmap).",
                                "Spread the work over more CPUs, or switch the flow limit off.")),
                List.of(
                        Loss.of(
                                softnet("squeezed"),
                                "softirq stopped with work left, because its time or budget was used up.",
                                "sysctl -w net.core.netdev_budget=600 net.core.netdev_budget_usecs=8000, or give it more"
                                        + " CPUs.")));
    }

    static Hop udp() {
        return new Hop(
                "udp",
                "UDP",
                "The kernel checks the datagram and looks for the socket that it is for.",
                "",
                true,
                List.of(),
                List.of(
                        Loss.of(
                                conntrack("drop"),
                                "Connection tracking had no room for a new flow.",
                                "Keep Homing's ports out of it (nftables: udp dport 4433 notrack), or raise"
                                        + " net.netfilter.nf_conntrack_max."),
                        Loss.of(
                                conntrack("insert_failed"),
                                "Connection tracking could not take a flow in.",
                                "Keep Homing's ports out of it (nftables: udp dport 4433 notrack)."),
                        Loss.of(
                                udp("in_checksum_errors"),
                                "Datagrams with a wrong UDP checksum.",
                                "Something on the way damages them: check card, driver and tunnels, and"
                                        + " ethtool -K DEV rx off as a trial."),
                        Loss.of(
                                udp("memory_errors"),
                                "The kernel's memory for UDP was used up (net.ipv4.udp_mem).",
                                "Raise net.ipv4.udp_mem, or use smaller or fewer socket buffers.")),
                List.of(
                        Loss.of(
                                udp("no_ports"),
                                "Datagrams for a port that nobody listens on.",
                                "Not Homing's while it listens: another program's clients, or a listener that is"
                                        + " missing in the configuration."),
                        Loss.of(
                                udp("receive_buffer_errors"),
                                "Datagrams that found a socket's buffer full, whichever program's.",
                                "If Homing's sockets show none, another program on this machine is too slow.")));
    }

    static Hop nicOut() {
        return new Hop(
                "nic",
                "NIC",
                "The network card sends what the kernel has queued for it.",
                "",
                true,
                List.of(nic("tx_packets")),
                List.of(
                        Loss.of(
                                nic("tx_dropped"),
                                "The device's queue was full, or the device threw packets away.",
                                "Lengthen the queue (ip link set DEV txqueuelen 10000, ethtool -G DEV tx 4096); look at"
                                        + " tc -s qdisc.")),
                List.of());
    }

    /// What any program's sends met: there is none of Homing alone.
    static Loss sendBufferErrors() {
        return Loss.of(
                udp("send_buffer_errors"),
                "Datagrams that found no room on their way out, whichever program's.",
                "If Homing's drop reason send_buffer_full shows none, they are another program's.");
    }

    private static Counter nic(String counter) {
        return Counter.of(NIC, "counter", counter);
    }

    private static Counter softnet(String counter) {
        return Counter.of(SOFTNET, "counter", counter);
    }

    private static Counter udp(String counter) {
        return Counter.of(UDP, "counter", counter);
    }

    private static Counter conntrack(String counter) {
        return Counter.of(CONNTRACK, "counter", counter);
    }
}
