package dev.homing.observe.path;

import java.util.List;

/// Where the kernel has a datagram, before and after Homing. The sources are proc(5), Linux'
/// Documentation/networking/statistics.rst and scaling.rst, and net/ipv4/udp.c for what counts
/// when.
public final class KernelHops {

    private static final String NIC = "homing_machine_nic_total";
    private static final String SOFTNET = "homing_machine_softnet_total";
    private static final String IP = "homing_machine_ip_total";
    private static final String UDP = "homing_machine_udp_total";
    private static final String CONNTRACK = "homing_machine_conntrack_total";

    /// No counter of the kernel's says that a rule dropped a packet before Homing; what is left of
    /// the IP layer's own account does:
    ///
    /// ```
    /// in_receives = in_delivers + forwarded + header and address errors + unknown protocols
    ///             + fragments that were put together or waited for + multicast of others
    ///             + what connection tracking dropped
    ///             + what a rule of netfilter, or the reverse path filter, took
    /// ```
    ///
    /// What is dropped before the IP layer (XDP, a chain of the `ingress` hook) is not in it. On a
    /// public machine there is always something to drop: what matters is how much that is beside
    /// Homing's own traffic (a tenth of both), and beside all that comes (a hundredth).
    public static final Loss FILTERED =
            Loss.of(
                            ip("in_receives"),
                            "Packets reached the IP layer and went no further: a firewall's rule or the reverse path"
                                    + " filter took them, before Homing.",
                            "Find the rule, a counter in it shows that it is the one: nft list ruleset, iptables-save -c,"
                                    + " nstat -az TcpExtIPReversePathFilter.")
                    .also(ip("reassembled"))
                    .without(
                            ip("in_delivers"),
                            ip("forwarded"),
                            ip("in_header_errors"),
                            ip("in_address_errors"),
                            ip("in_unknown_protocols"),
                            ip("in_multicast"),
                            ip("reassembly_needed"),
                            conntrack("drop"))
                    .usual(10, 1.0 / 9, 1.0 / 99);

    private static final double ONE_PERCENT = 0.01;

    private KernelHops() {}

    static Hop nic() {
        return new Hop(
                Place.NIC,
                "The network card puts packets into its ring in memory.",
                "",
                List.of(nic("rx_packets")),
                List.of(
                        Loss.of(
                                nic("rx_missed"),
                                "The card's ring was full: the kernel fetched packets too slowly.",
                                "Lengthen the ring (ethtool -G DEV rx 4096), give it more queues (ethtool -L DEV combined N),"
                                        + " and look for a CPU that is busy with softirq."),
                        // Drivers count what they miss as one or the other, some as both, and
                        // some as errors, too.
                        Loss.of(
                                        nic("rx_fifo"),
                                        "The card's own memory overflowed.",
                                        "Lengthen the ring (ethtool -G DEV rx 4096), and look for a slow PCI bus or pause frames.")
                                .without(nic("rx_missed")),
                        Loss.of(
                                        nic("rx_errors"),
                                        "Packets arrived damaged: bad checksums of frames, bad lengths.",
                                        "Check cable, transceiver and switch port: ethtool -S DEV says which errors these are.")
                                .without(nic("rx_missed"), nic("rx_fifo"))
                                .usual(0, 0, ONE_PERCENT),
                        // Also counts frames of protocols that nobody speaks, such as LLDP and STP.
                        Loss.of(
                                        nic("rx_dropped"),
                                        "The driver or the kernel threw packets away after receiving them.",
                                        "Look at ethtool -S DEV for which ones; lengthen the ring (ethtool -G DEV rx 4096).")
                                .usual(1, 0, ONE_PERCENT)),
                List.of());
    }

    static Hop softirq() {
        return new Hop(
                Place.SOFTIRQ,
                "The kernel takes packets out of the ring, on the CPU that the interrupt came to.",
                "",
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

    static Hop firewall() {
        return new Hop(
                Place.FIREWALL,
                "The kernel's IP layer asks the firewall and connection tracking. A rule for what leaves makes the"
                        + " send call fail, and shows there; one before the IP layer (XDP, ingress) shows nowhere.",
                "",
                List.of(ip("in_delivers")),
                List.of(
                        Loss.of(
                                conntrack("drop"),
                                "Connection tracking had no room for a new flow.",
                                "Keep Homing's ports out of it (nftables: udp dport 4433 notrack), or raise"
                                        + " net.netfilter.nf_conntrack_max."),
                        FILTERED,
                        Loss.of(
                                        ip("reassembly_failed"),
                                        "IP fragments arrived whose other parts did not.",
                                        "See who sends them (tcpdump -nn 'ip[6:2] & 0x3fff != 0'): QUIC forbids fragments"
                                                + " (RFC 9000 section 14).")
                                .usual(1, 0, 0)),
                List.of(
                        // The kernel counts most of them as drops as well
                        // (net/netfilter/nf_conntrack_core.c).
                        Loss.of(
                                conntrack("insert_failed"),
                                "Connection tracking could not take a flow in.",
                                "Keep Homing's ports out of it (nftables: udp dport 4433 notrack).")));
    }

    static Hop udp() {
        return new Hop(
                Place.UDP,
                "The kernel checks the datagram and looks for the socket that it is for.",
                "",
                List.of(),
                List.of(
                        Loss.of(
                                        udp("in_checksum_errors"),
                                        "Datagrams with a wrong UDP checksum.",
                                        "Something on the way damages them: check card, driver and tunnels, and"
                                                + " ethtool -K DEV rx off as a trial.")
                                .usual(0, ONE_PERCENT, 0),
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
                Place.ANSWER_NIC,
                "The network card sends what the kernel has queued for it, to clients and to backends.",
                "",
                List.of(nic("tx_packets")),
                List.of(
                        Loss.of(
                                        nic("tx_dropped"),
                                        "The device's queue was full, or the device threw packets away.",
                                        "Lengthen the queue (ip link set DEV txqueuelen 10000, ethtool -G DEV tx 4096); look at"
                                                + " tc -s qdisc.")
                                .usual(0, 0, ONE_PERCENT / 10)),
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

    private static Counter ip(String counter) {
        return Counter.of(IP, "counter", counter);
    }

    private static Counter udp(String counter) {
        return Counter.of(UDP, "counter", counter);
    }

    private static Counter conntrack(String counter) {
        return Counter.of(CONNTRACK, "counter", counter);
    }
}
