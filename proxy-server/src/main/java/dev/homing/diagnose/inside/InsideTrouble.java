package dev.homing.diagnose.inside;

import static dev.homing.diagnose.finding.Severity.ERROR;
import static dev.homing.diagnose.finding.Severity.INFO;
import static dev.homing.diagnose.finding.Severity.WARNING;

import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.observe.path.Place;

/// What can be found between a receiver and a shard.
public enum InsideTrouble implements Trouble {
    ONE_RECEIVER(
            Place.RECEIVER,
            WARNING,
            "One receiver gets most of the traffic: a few flows carry it, and a flow stays with one socket.",
            "Let the kernel choose the receiver by connection ID.",
            "homing run --set steering=connection-id"),
    MALFORMED(
            Place.RECEIVER,
            WARNING,
            "Much of what comes is not QUIC: a flood, or another protocol on this port.",
            "See who sends it, and keep it away before it reaches Homing.",
            "tcpdump -nn -c 20 -X udp port {port}"),
    CONNECTION_IDS_UNREADABLE(
            Place.RECEIVER,
            WARNING,
            "Clients use connection IDs that the pool's scheme cannot read: servers do not make them as configured, and"
                    + " clients that move may lose their way.",
            "Compare a server's connection ID with what Homing reads from it.",
            "homing decode-cid -c homing.yaml CONNECTION_ID"),
    THREAD_STOPPED(
            Place.SHARD,
            ERROR,
            "A thread does nothing, though it has work: it is stopped, or stuck.",
            "Take its stack, report it, and restart the instance.",
            "kill -QUIT PID   # then its log has the stack of {thread}"),
    THREAD_SATURATED(
            Place.SHARD,
            WARNING,
            "A thread has no time left: what comes faster from here on is lost.",
            "Share the work among more threads, on CPUs of their own.",
            "homing run --set {key}={threads}"),
    SHARD_TOO_SLOW(
            Place.QUEUE,
            ERROR,
            "Datagrams come faster than the shard sends them. A longer queue will not help.",
            "Share the work among more shards, on CPUs of their own.",
            "homing run --set threads.shards={threads}"),
    SHARD_STARVED(
            Place.QUEUE,
            ERROR,
            "A queue was full while its shard was ready and got no CPU.",
            "Give Homing CPUs of its own, or move what else runs on them.",
            "homing run --set threads.cpus={cpus}; pidstat -u 1"),
    QUEUE_TOO_SHORT(
            Place.QUEUE,
            ERROR,
            "A queue overflows in bursts, while its shard has time left.",
            "Lengthen the queues.",
            "homing run --set queues.capacity={datagrams}"),
    QUEUE_NEARLY_FULL(
            Place.QUEUE,
            WARNING,
            "A queue came near its bound within the last two minutes.",
            "Lengthen the queues, or share the work among more shards.",
            "homing run --set queues.capacity={datagrams}"),
    HANDOFF_SLOW(
            Place.QUEUE,
            INFO,
            "Datagrams wait long between receiver and shard.",
            "See how busy the shards are, and what else runs on their CPUs.",
            "pidstat -u 1"),
    PORT_BUDGET(
            Place.SHARD,
            ERROR,
            "All source ports that the configuration allows are in use: new sessions are refused.",
            "Allow more ports, or give Homing a block of source addresses: each serves as many sessions again.",
            "homing run --set sockets.backend-ports-max={ports}"),
    FILE_LIMIT(
            Place.SHARD,
            ERROR,
            "The limit of open files leaves no more source ports: new sessions are refused.",
            "Raise the limit, or give Homing a block of source addresses: each serves as many sessions again.",
            "ulimit -Hn {files}   # LimitNOFILE={files}, docker run --ulimit nofile={files}"),
    PORTS_NEARLY_USED_UP(
            Place.SHARD,
            WARNING,
            "Nearly all source ports that may be opened are in use toward a backend.",
            "Raise the limit of open files and sockets.backend-ports-max, or give Homing a block of source addresses.",
            "homing run --set sockets.backend-ports-max={ports}"),
    PORT_REFUSED(
            Place.SHARD,
            ERROR,
            "The kernel refused a socket toward backends that a session needed.",
            "See the log for the errno; EMFILE and ENFILE are limits of open files, EADDRINUSE means that no port is free.",
            "ulimit -n; cat /proc/sys/fs/file-nr; sysctl net.ipv4.ip_local_port_range"),
    FILES_NEARLY_USED_UP(
            Place.INSTANCE,
            WARNING,
            "The process has nearly as many files open as it may.",
            "Raise the limit.",
            "ulimit -Hn {files}   # LimitNOFILE={files}, docker run --ulimit nofile={files}"),
    PORT_RANGE_SHORT(
            Place.SHARD,
            WARNING,
            "The kernel has fewer ports to give than Homing may need.",
            "Widen the range.",
            "sysctl -w net.ipv4.ip_local_port_range='1024 65535'"),
    SESSIONS_NEARLY_FULL(
            Place.SHARD,
            WARNING,
            "There are nearly as many sessions as may be.",
            "Raise the number, or add an instance.",
            "homing run --set sessions.max={sessions}"),
    HALF_OPEN_FLOOD(
            Place.SHARD,
            WARNING,
            "Half-open sessions push each other out: a flood of first packets, or backends that do not answer.",
            "See whether backends answer; if they do, who sends so many first packets.",
            "homing run --set sessions.half-open-max={sessions}"),
    CONNECTION_IDS_FULL(
            Place.SHARD,
            WARNING,
            "The table of connection IDs is full or nearly so: clients that move may lose their way.",
            "Raise the number, or have servers write their identity into connection IDs.",
            "homing run --set connection-ids.max={ids}"),
    NO_BACKEND(
            Place.SHARD,
            ERROR,
            "No backend takes new connections.",
            "Give the pool an active backend with a weight above 0.",
            "homing check -c homing.yaml"),
    DROPPED(
            Place.SHARD,
            ERROR,
            "Datagrams are dropped for a reason.",
            "As the reason says, see [drop-reasons.md](drop-reasons.md).",
            "");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts and enums
    private final Account account;

    InsideTrouble(Place place, Severity severity, String sentence, String remedy, String command) {
        account = new Account(place, severity, sentence, remedy, command);
    }

    @Override
    public Account account() {
        return account;
    }
}
