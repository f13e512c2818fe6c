package dev.homing.observe.machine.reading;

import static dev.homing.observe.machine.reading.Growth.MAY_STEP_BACK;
import static dev.homing.observe.machine.reading.Growth.MAY_WRAP_OR_RESTART;
import static dev.homing.observe.machine.reading.Growth.NONE;
import static dev.homing.observe.machine.reading.Growth.WRAPS_AT_32_BITS;

import java.util.List;

/// All that can be known of the machine. Which of it is, its kernel and its container decide.
public enum Quantity {
    UDP(
            "udp",
            MAY_WRAP_OR_RESTART,
            "Datagrams by the kernel's UDP counters; in_errors includes the receive_buffer_errors, in_checksum_errors and memory_errors.",
            Label.of("family", "ip4", "ip6"),
            Label.of(
                    "counter",
                    "in_datagrams",
                    "no_ports",
                    "in_errors",
                    "out_datagrams",
                    "receive_buffer_errors",
                    "send_buffer_errors",
                    "in_checksum_errors",
                    "memory_errors",
                    "ignored_multi")),
    IP(
            "ip",
            MAY_WRAP_OR_RESTART,
            "Packets by the kernel's IP counters; what was received and neither delivered nor accounted for otherwise, a firewall took.",
            Label.of("family", "ip4", "ip6"),
            Label.of(
                    "counter",
                    "in_receives",
                    "in_delivers",
                    "in_discards",
                    "in_header_errors",
                    "in_address_errors",
                    "in_unknown_protocols",
                    "in_multicast",
                    "forwarded",
                    "reassembly_needed",
                    "reassembled",
                    "reassembly_failed",
                    "in_ect_0",
                    "in_ect_1",
                    "in_congestion_experienced")),
    UDP_MEMORY("udp_memory_pages", NONE, "Pages of memory that all UDP sockets' buffers take."),
    UDP_MEMORY_LIMIT(
            "udp_memory_limit_pages",
            NONE,
            "What net.ipv4.udp_mem allows: above pressure the kernel saves memory, above max it drops.",
            Label.of("level", "low", "pressure", "max")),
    SOFTNET(
            "softnet",
            WRAPS_AT_32_BITS,
            "Frames that a CPU processed and dropped in its softirq backlog, how often it ran out of budget with work left (squeezed), and frames that a flow limit cost.",
            Label.of("cpu"),
            Label.of("counter", "processed", "dropped", "squeezed", "flow_limited")),
    NIC(
            "nic",
            MAY_WRAP_OR_RESTART,
            "Frames by an interface's counters; missed and fifo are lost in its rings.",
            Label.of("interface"),
            Label.of(
                    "counter",
                    "rx_packets",
                    "rx_dropped",
                    "rx_missed",
                    "rx_fifo",
                    "rx_errors",
                    "tx_packets",
                    "tx_dropped")),
    NIC_QUEUES(
            "nic_queues",
            NONE,
            "Queues of an interface that are in use.",
            Label.of("interface"),
            Label.of("direction", "rx", "tx")),
    NIC_RPS_CPUS(
            "nic_rps_cpus",
            NONE,
            "CPUs over which receive packet steering spreads an interface's frames; 0 is off.",
            Label.of("interface")),
    NIC_OFFLOAD(
            "nic_offload",
            NONE,
            "Whether an interface joins packets that it receives (gro), and takes those that are still to be cut (gso): 1 or 0.",
            Label.of("interface"),
            Label.of("offload", "gro", "gso")),
    NIC_MTU("nic_mtu_bytes", NONE, "The largest packet of an interface.", Label.of("interface")),
    CONNTRACK_ENTRIES(
            "conntrack_entries", NONE, "Flows that the kernel's connection tracking knows."),
    CONNTRACK_MAX(
            "conntrack_max",
            NONE,
            "Flows that connection tracking can know; the packets of further ones are dropped."),
    CONNTRACK(
            "conntrack",
            WRAPS_AT_32_BITS,
            "What connection tracking lost: packets dropped for want of room, entries thrown out early for newer ones, and insertions that failed.",
            Label.of("counter", "drop", "early_drop", "insert_failed")),
    CPU_SECONDS(
            "cpu_seconds",
            MAY_STEP_BACK,
            "Time of all CPUs by what they did; user includes guests.",
            Label.of(
                    "mode", "user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal")),
    CPUS("cpus", NONE, "CPUs that are online."),
    CGROUP_THROTTLED(
            "cgroup_throttled_seconds",
            MAY_WRAP_OR_RESTART,
            "Time for which threads were stopped because a control group of this process had used up its CPU limit."),
    CGROUP_CPUS(
            "cgroup_cpus",
            NONE,
            "CPUs that the control groups of this process allow it, absent without a limit."),
    CLOCK(
            "clock",
            NONE,
            "The clock source that the kernel has chosen; always 1.",
            Label.of("source")),
    SETTING(
            "setting",
            NONE,
            "Settings of the kernel (sysctl), as numbers; a range has a .first and a .last.",
            Label.of("name"));

    private static final String PREFIX = "homing_machine_";

    private final String metric;
    private final Growth growth;
    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // List.of and records of it
    private final List<Label> labels;

    Quantity(String name, Growth growth, String sentence, Label... labels) {
        metric = PREFIX + name + (growth == NONE ? "" : "_total");
        this.growth = growth;
        this.sentence = sentence;
        this.labels = List.of(labels);
    }

    /// The metric's name, as it is scraped.
    public String metric() {
        return metric;
    }

    public boolean isCounter() {
        return growth != NONE;
    }

    public Growth growth() {
        return growth;
    }

    public String sentence() {
        return sentence;
    }

    public List<Label> labels() {
        return labels;
    }
}
