package dev.homing.diagnose.departure;

import static dev.homing.diagnose.finding.Severity.ERROR;
import static dev.homing.diagnose.finding.Severity.INFO;
import static dev.homing.diagnose.finding.Severity.WARNING;

import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.observe.path.Place;

/// What can be found between a shard and a backend, and on the way back.
public enum DepartureTrouble implements Trouble {
    CONNECTION_IDS_MISNAMED(
            Place.BACKEND,
            WARNING,
            "Backends choose connection IDs that name another one: their server IDs are not the configured ones.",
            "Compare a backend's connection ID with what Homing reads from it.",
            "homing decode-cid -c homing.yaml CONNECTION_ID"),
    FORBIDDEN(
            Place.SEND,
            ERROR,
            "The kernel does not send: there is no route, or a firewall of this machine forbids it, after Homing.",
            "Look at the route and at the rules for what leaves.",
            "ip route get BACKEND; nft list ruleset; iptables-save -c"),
    NIC_REFUSES(
            Place.ANSWER_NIC,
            ERROR,
            "The interface drops what it is given to send: its queue is full.",
            "Lengthen the queue, and see what the line can carry.",
            "ip link set {interface} txqueuelen 10000; tc -s qdisc show dev {interface}"),
    TRAINS_REFUSED(
            Place.SEND,
            WARNING,
            "A device refuses trains (GSO): their datagrams leave one by one, which costs several times the CPU.",
            "Switch the device's segmentation on, or see whether its MTU is below what clients and servers send.",
            "ethtool -K {interface} tx-udp-segmentation on"),
    NO_TRAINS(
            Place.SEND,
            INFO,
            "No datagrams arrive joined to trains, though threads are busy: GRO is off, or nobody sends in series.",
            "Switch GRO on.",
            "ethtool -K {interface} gro on; homing run --set sockets.trains=true"),
    OFFLOADS_OFF(
            Place.MACHINE,
            INFO,
            "An interface neither joins packets nor takes joined ones as it could (GRO, GSO): trains fall apart there.",
            "Switch them on, unless they were switched off for a reason.",
            "ethtool -K {interface} gro on gso on tx-udp-segmentation on"),
    BACKEND_DOWN(
            Place.BACKEND,
            ERROR,
            "A backend is taken for down: it gets no new connections, and keeps those that are established.",
            "See whether its server runs, listens on the configured address, and what the log says of backend-down.",
            "ss -lunp   # on {backend}"),
    POOL_PANIC(
            Place.BACKEND,
            ERROR,
            "So few backends of a pool are up that new connections go to all of them, whether they are up or not.",
            "See what the backends that are down have in common: the network, a rollout, or that they do not answer probes.",
            "homing run --set pools.{pool}.health.probe=always-up   # if they are up"),
    BACKEND_ANSWERS_NOBODY(
            Place.BACKEND,
            WARNING,
            "New connections toward a backend get no answer, though the backend is taken for up.",
            "See whether its server is overloaded, and whether its answers find the way back.",
            "tcpdump -nn -c 20 udp   # on {backend}"),
    PROBES_NEVER_ANSWERED(
            Place.BACKEND,
            INFO,
            "A backend has never answered a probe: it is judged by refusals of the network and by its silence toward clients"
                    + " only.",
            "Let its server answer Version Negotiation; if it cannot, nothing need be done.",
            "homing run --set pools.POOL.health.probe=always-up   # if it shall never be taken for down"),
    BACKEND_REFUSES(
            Place.BACKEND,
            ERROR,
            "Backends answer with ICMP errors: nobody listens on their port, or their network is down.",
            "See whether each backend's server runs and listens on the configured address.",
            "tcpdump -nn -c 20 'icmp or icmp6'"),
    BACKENDS_SILENT(
            Place.BACKEND,
            ERROR,
            "Datagrams leave for backends and nothing comes back: a firewall on the way or on the backends drops them, or"
                    + " the answers.",
            "Look on a backend whether they arrive, and which way the answers take.",
            "tcpdump -nn -c 20 udp   # on a backend"),
    ANSWERS_TOO_FAST(
            Place.ANSWER_SOCKET,
            ERROR,
            "Answers of backends come faster than the shards take them. A larger buffer will not help.",
            "Share the work among more shards, on CPUs of their own.",
            "homing run --set threads.shards={threads}"),
    ANSWER_BUFFER_TOO_SMALL(
            Place.ANSWER_SOCKET,
            ERROR,
            "The buffer of a port toward backends overflows in bursts, while the shards have time left.",
            "Enlarge the buffer.",
            "sysctl -w net.core.rmem_max={octets}; homing run --set sockets.receive-buffer={octets}");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts and enums
    private final Account account;

    DepartureTrouble(
            Place place, Severity severity, String sentence, String remedy, String command) {
        account = new Account(place, severity, sentence, remedy, command);
    }

    @Override
    public Account account() {
        return account;
    }
}
