package dev.homing.diagnose.arrival;

import static dev.homing.diagnose.finding.Severity.ERROR;
import static dev.homing.diagnose.finding.Severity.INFO;
import static dev.homing.diagnose.finding.Severity.WARNING;

import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.observe.path.Place;

/// What can be found between the wire and a socket's buffer.
public enum ArrivalTrouble implements Trouble {
    NIC_RING_FULL(
            Place.NIC,
            ERROR,
            "The NIC's ring was full: packets came faster than the kernel took them.",
            "Lengthen the ring as far as the NIC allows, and spread its queues over more CPUs.",
            "ethtool -g {interface}; ethtool -G {interface} rx 4096"),
    NIC_DROPS(
            Place.NIC,
            WARNING,
            "The interface drops packets: for lack of memory, or because nobody takes their protocol.",
            "See which of the driver's own counters grows.",
            "ethtool -S {interface} | grep -iE 'drop|miss|no_buf'"),
    NIC_ERRORS(
            Place.NIC,
            WARNING,
            "Packets arrive damaged at the interface.",
            "Check cable, transceiver and the switch's port.",
            "ethtool -S {interface} | grep -i err"),
    BACKLOG_FULL(
            Place.SOFTIRQ,
            ERROR,
            "A CPU's backlog of packets was full: softirq works through it too slowly.",
            "Let it be longer, and spread softirq over more CPUs (RPS).",
            "sysctl -w net.core.netdev_max_backlog={packets}"),
    FLOW_LIMITED(
            Place.SOFTIRQ,
            ERROR,
            "One flow filled half of a CPU's backlog, and the kernel dropped the rest of it (flow limit).",
            "Lift the limit: a gateway's 4-tuple is many clients.",
            "sysctl -w net.core.flow_limit_cpu_bitmap=0"),
    SOFTIRQ_SQUEEZED(
            Place.SOFTIRQ,
            INFO,
            "Softirq used up its budget with packets left; they wait for the next round.",
            "Raise the budget if the ring or the backlog loses too.",
            "sysctl -w net.core.netdev_budget={packets} net.core.netdev_budget_usecs=8000"),
    SOFTIRQ_ON_ONE_CPU(
            Place.SOFTIRQ,
            WARNING,
            "One CPU does nearly all of the kernel's receiving: RSS or RPS do not spread it.",
            "Give the NIC more queues and let it hash UDP's ports, or switch RPS on.",
            "ethtool -L {interface} combined {cpus}; ethtool -N {interface} rx-flow-hash udp4 sdfn; echo {mask} | tee"
                    + " /sys/class/net/{interface}/queues/rx-*/rps_cpus"),
    FILTERED(
            Place.FIREWALL,
            ERROR,
            "Packets reach the machine's IP layer and go no further: a firewall's rule or the reverse path filter drops"
                    + " them, before Homing.",
            "Find the rule; a counter in it shows that it is the one.",
            "nft list ruleset; iptables-save -c; nstat -az TcpExtIPReversePathFilter"),
    CONNTRACK_DROPS(
            Place.FIREWALL,
            ERROR,
            "Connection tracking drops packets: its table is full.",
            "Exempt Homing's ports from it; until then, make it larger.",
            "nft -f - <<< 'table inet homing { chain in { type filter hook prerouting priority raw; udp dport {port}"
                    + " notrack; }; chain out { type filter hook output priority raw; udp sport {port} notrack; }; }'; sysctl -w net.netfilter.nf_conntrack_max={entries}"),
    CONNTRACK_NEARLY_FULL(
            Place.FIREWALL,
            WARNING,
            "The table of connection tracking is nearly full: then packets are dropped at random.",
            "Exempt Homing's ports from it; until then, make it larger.",
            "sysctl -w net.netfilter.nf_conntrack_max={entries}"),
    CONNTRACK_ON_THE_WAY(
            Place.FIREWALL,
            INFO,
            "Connection tracking seems to follow Homing's flows: it costs CPU for each datagram and has a table to fill.",
            "Exempt Homing's ports, unless a rule needs their state.",
            "nft -f - <<< 'table inet homing { chain in { type filter hook prerouting priority raw; udp dport {port}"
                    + " notrack; }; chain out { type filter hook output priority raw; udp sport {port} notrack; }; }'"),
    FRAGMENTS(
            Place.FIREWALL,
            INFO,
            "IP fragments arrive. QUIC forbids them (RFC 9000 section 14): a sender's or a tunnel's DF bit is lost.",
            "See who sends them.",
            "tcpdump -nn -c 20 'ip[6:2] & 0x3fff != 0'"),
    FRAGMENTS_LOST(
            Place.FIREWALL,
            WARNING,
            "IP fragments arrive whose other parts do not.",
            "See who sends them; QUIC forbids fragments (RFC 9000 section 14).",
            "tcpdump -nn -c 20 'ip[6:2] & 0x3fff != 0'"),
    UDP_CHECKSUMS(
            Place.UDP,
            WARNING,
            "Datagrams with a wrong checksum arrive: they are damaged on the way, or a NIC computes it wrongly.",
            "Compare with the NIC's checksum offload off.",
            "ethtool -K {interface} rx off"),
    UDP_MEMORY_FULL(
            Place.UDP,
            ERROR,
            "The kernel drops datagrams because all UDP sockets together use too much memory.",
            "Raise the limit, which is in pages.",
            "sysctl -w net.ipv4.udp_mem='{low} {pressure} {max}'"),
    UDP_MEMORY_SHORT(
            Place.UDP,
            WARNING,
            "All UDP sockets together use nearly as much memory as the kernel gives them.",
            "Raise the limit, which is in pages.",
            "sysctl -w net.ipv4.udp_mem='{low} {pressure} {max}'"),
    NOBODY_LISTENS(
            Place.UDP,
            INFO,
            "Datagrams come to ports of this machine that nobody listens on.",
            "See that clients use the ports of the listeners, and that listeners are on the right address.",
            "ss -lun"),
    RECEIVER_TOO_SLOW(
            Place.SOCKET,
            ERROR,
            "Datagrams come faster than the thread takes them from its socket. A larger buffer will not help.",
            "Share the work among more threads, on CPUs of their own; trains (GRO) make each datagram cheaper.",
            "homing run --set {key}={threads} --set sockets.trains=true"),
    RECEIVER_STARVED(
            Place.SOCKET,
            ERROR,
            "The socket's buffer overflowed while its thread was ready and got no CPU.",
            "Give Homing CPUs of its own, or move what else runs on them.",
            "homing run --set threads.cpus={cpus}; pidstat -u 1"),
    RECEIVE_BUFFER_TOO_SMALL(
            Place.SOCKET,
            ERROR,
            "The socket's buffer overflows in bursts, while its thread has time left.",
            "Enlarge the buffer.",
            "sysctl -w net.core.rmem_max={octets}; homing run --set sockets.receive-buffer={octets}"),
    SOCKETS_OVERFLOW(
            Place.SOCKET,
            ERROR,
            "Datagrams are lost in full socket buffers, and it is not known how busy their threads are.",
            "Ask the instance that owns the sockets.",
            "homing doctor --admin ADDRESS; ss -ulnm"),
    OTHER_SOCKETS_OVERFLOW(
            Place.SOCKET,
            INFO,
            "Sockets that are not this instance's overflow.",
            "See whose they are: the number after d in skmem.",
            "ss -uanmp"),
    RECEIVE_BUFFER_CLAMPED(
            Place.SOCKET,
            WARNING,
            "The kernel granted less receive buffer than sockets.receive-buffer asks for.",
            "Raise the kernel's limit, on the machine and not in the container, and start again.",
            "sysctl -w net.core.rmem_max={octets}"),
    SOCKET_NEARLY_FULL(
            Place.SOCKET,
            WARNING,
            "A socket's buffer is nearly full.",
            "Look again in a moment; if it stays so, see how busy its thread is.",
            "homing doctor --interval 10s"),
    RECEIVE_FAILED(
            Place.SOCKET,
            WARNING,
            "Receive calls fail.",
            "See the log for the errno that the kernel gave.",
            "");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts and enums
    private final Account account;

    ArrivalTrouble(Place place, Severity severity, String sentence, String remedy, String command) {
        account = new Account(place, severity, sentence, remedy, command);
    }

    @Override
    public Account account() {
        return account;
    }
}
