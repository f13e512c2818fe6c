package dev.homing.diagnose;

import static dev.homing.diagnose.Row.row;

import dev.homing.diagnose.finding.Series;
import java.util.List;

/// From the wire to the socket's buffer.
final class ArrivalRows {

    private ArrivalRows() {}

    private static String[] nic(String counter) {
        return new String[] {"interface", "eth0", "counter", counter};
    }

    private static String[] softnet(int cpu, String counter) {
        return new String[] {"cpu", Integer.toString(cpu), "counter", counter};
    }

    private static String[] ip4(String counter) {
        return new String[] {"family", "ip4", "counter", counter};
    }

    private static String[] socket(String thread) {
        return new String[] {"listener", "[::]:4433", "thread", thread};
    }

    static List<Row> all() {
        return List.of(
                row("nothing is wrong", scene -> scene),
                row(
                        "the NIC's ring overflows",
                        scene ->
                                scene.grows(50, Series.NIC, nic("rx_missed"))
                                        .grows(50, Series.NIC, nic("rx_fifo"))
                                        .grows(50, Series.NIC, nic("rx_errors")),
                        "error nic-ring-full at nic (eth0), lost 50"),
                row(
                        "a switch's announcements are dropped",
                        scene -> scene.grows(20, Series.NIC, nic("rx_dropped"))),
                row(
                        "the driver drops much",
                        scene -> scene.grows(20_000, Series.NIC, nic("rx_dropped")),
                        "warning nic-drops at nic (eth0), lost 20000"),
                row(
                        "packets are damaged on the wire",
                        scene -> scene.grows(8_000, Series.NIC, nic("rx_errors")),
                        "warning nic-errors at nic (eth0), lost 8000"),
                row(
                        "a packet in a million is damaged",
                        scene -> scene.grows(1, Series.NIC, nic("rx_errors")),
                        "info nic-errors at nic (eth0), lost 1"),
                row(
                        "a CPU's backlog overflows",
                        scene -> scene.grows(7, Series.SOFTNET, softnet(2, "dropped")),
                        "error backlog-full at softirq, lost 7"),
                row(
                        "a flow is limited",
                        scene -> scene.grows(7, Series.SOFTNET, softnet(1, "flow_limited")),
                        "error flow-limited at softirq, lost 7"),
                row(
                        "softirq runs out of budget now and then",
                        scene -> scene.grows(90, Series.SOFTNET, softnet(1, "squeezed"))),
                row(
                        "softirq runs out of budget all the time",
                        scene -> scene.grows(9_000, Series.SOFTNET, softnet(1, "squeezed")),
                        "info softirq-squeezed at softirq"),
                row(
                        "one CPU does all of the kernel's receiving and has time left",
                        scene ->
                                scene.grows(3_000_000, Series.SOFTNET, softnet(0, "processed"))
                                        .grows(3_000_000, Series.NIC, nic("rx_packets")),
                        "info softirq-on-one-cpu at softirq (eth0)"),
                row(
                        "one CPU does all of the kernel's receiving and is busy with it",
                        scene ->
                                scene.grows(3_000_000, Series.SOFTNET, softnet(0, "processed"))
                                        .grows(3_000_000, Series.NIC, nic("rx_packets"))
                                        .grows(9, Series.CPU, "mode", "softirq"),
                        "warning softirq-on-one-cpu at softirq (eth0)"),
                row(
                        "the loopback's packets are worked off where they are sent",
                        scene -> scene.grows(3_000_000, Series.SOFTNET, softnet(0, "processed"))),
                row(
                        "a firewall drops what clients send",
                        scene -> scene.grows(350_000, Series.IP, ip4("in_delivers")),
                        "error filtered at firewall, lost 50000"),
                row(
                        "a firewall drops what scanners send",
                        scene -> scene.grows(395_000, Series.IP, ip4("in_delivers")),
                        "info filtered at firewall, lost 5000"),
                row(
                        "the machine also forwards, and gets multicast of others",
                        scene ->
                                scene.grows(350_000, Series.IP, ip4("in_delivers"))
                                        .grows(30_000, Series.IP, ip4("forwarded"))
                                        .grows(20_000, Series.IP, ip4("in_multicast"))),
                row(
                        "fragments are put together",
                        scene ->
                                scene.grows(400, Series.IP, ip4("reassembly_needed"))
                                        .grows(200, Series.IP, ip4("reassembled"))
                                        .grows(399_800, Series.IP, ip4("in_delivers")),
                        "info fragments at firewall"),
                row(
                        "fragments wait in vain",
                        scene ->
                                scene.grows(400, Series.IP, ip4("reassembly_needed"))
                                        .grows(399_600, Series.IP, ip4("in_delivers"))
                                        .grows(150, Series.IP, ip4("reassembly_failed")),
                        "warning fragments-lost at firewall, lost 150"),
                row(
                        "connection tracking is full",
                        scene ->
                                scene.shows(65_536, Series.CONNTRACK_ENTRIES)
                                        .shows(65_536, Series.CONNTRACK_MAX)
                                        .grows(30, Series.CONNTRACK, "counter", "drop")
                                        .grows(5, Series.CONNTRACK, "counter", "insert_failed"),
                        "error conntrack-drops at firewall, lost 35"),
                row(
                        "connection tracking is nearly full",
                        scene ->
                                scene.shows(60_000, Series.CONNTRACK_ENTRIES)
                                        .shows(65_536, Series.CONNTRACK_MAX),
                        "warning conntrack-nearly-full at firewall"),
                row(
                        "connection tracking follows all flows",
                        scene ->
                                scene.shows(900, Series.CONNTRACK_ENTRIES)
                                        .shows(65_536, Series.CONNTRACK_MAX)
                                        .shows(800, Series.SESSIONS, "state", "established"),
                        "info conntrack-on-the-way at firewall"),
                row(
                        "datagrams are damaged behind the NIC",
                        scene -> scene.grows(9_000, Series.UDP, ip4("in_checksum_errors")),
                        "warning udp-checksums at udp, lost 9000"),
                row(
                        "UDP has no memory left",
                        scene ->
                                scene.grows(12, Series.UDP, ip4("memory_errors"))
                                        .shows(61_000, Series.UDP_MEMORY),
                        "error udp-memory-full at udp, lost 12"),
                row(
                        "UDP has hardly any memory left",
                        scene -> scene.shows(39_000, Series.UDP_MEMORY),
                        "warning udp-memory-short at udp"),
                row(
                        "datagrams come to a closed port",
                        scene -> scene.grows(9_000, Series.UDP, ip4("no_ports")),
                        "info nobody-listens at udp, lost 9000"),
                row(
                        "a busy receiver's buffer overflows",
                        scene ->
                                scene.grows(700, Series.SOCKET_DROPS, socket("recv-1"))
                                        .grows(700, Series.UDP, ip4("receive_buffer_errors"))
                                        .busy(0.97, "recv-1"),
                        "error receiver-too-slow at socket (recv-1), lost 700"),
                row(
                        "an idle receiver's buffer overflows",
                        scene ->
                                scene.grows(700, Series.SOCKET_DROPS, socket("recv-1"))
                                        .busy(0.2, "recv-1"),
                        "error receive-buffer-too-small at socket (recv-1), lost 700"),
                row(
                        "a receiver's buffer overflows while it waits for a CPU",
                        scene ->
                                scene.grows(700, Series.SOCKET_DROPS, socket("recv-1"))
                                        .grows(5, Series.THREAD_RUNNABLE, "thread", "recv-1"),
                        "error receiver-starved at socket (recv-1), lost 700",
                        "warning cpu-contended at machine"),
                row(
                        "a buffer overflows and nobody knows how busy its thread is",
                        scene ->
                                scene.grows(700, Series.SOCKET_DROPS, socket("recv-1"))
                                        .without(Series.THREAD_CPU),
                        "error sockets-overflow at socket (recv-1), lost 700"),
                row(
                        "somebody else's socket overflows",
                        scene -> scene.grows(900, Series.UDP, ip4("receive_buffer_errors")),
                        "info other-sockets-overflow at socket, lost 900"),
                row(
                        "the kernel grants less buffer than was asked for",
                        scene -> scene.shows(425_984, Series.SOCKET_LIMIT, socket("recv-1")),
                        "warning receive-buffer-clamped at socket"),
                row(
                        "a buffer stays nearly full",
                        scene -> scene.shows(8_000_000, Series.SOCKET_QUEUE, socket("recv-1")),
                        "warning socket-nearly-full at socket"),
                row(
                        "a buffer is nearly full once",
                        scene -> scene.shows(0, 8_000_000, Series.SOCKET_QUEUE, socket("recv-1"))),
                row(
                        "receive calls fail",
                        scene -> scene.happened(3, "receive_error"),
                        "warning receive-failed at socket"));
    }
}
