package dev.homing.ledger;

import java.util.Locale;

/// Why a datagram went no further. Every drop has exactly one of these; the reference page is made
/// from them.
public enum DropReason {
    EMPTY(
            "The datagram has no octets.",
            "Harmless: a port scan or a keep-alive of another protocol."),
    TRUNCATED_HEADER(
            "A QUIC long header ends before its connection IDs do (RFC 8999 section 5.1).",
            "Not QUIC, or damaged: look at who sends it."),
    TRUNCATED_DATAGRAM(
            "The datagram was longer than a receive slot and the kernel cut it off (MSG_TRUNC).",
            "Should never happen, since a slot holds the longest datagram there is: report it."),
    NO_CLIENT_PORT(
            "The sender's port is 0, so that no answer could reach it.",
            "Spoofed or damaged: harmless."),
    QUEUE_FULL(
            "The shard's queue was full: datagrams arrive faster than the shard sends them.",
            "Raise threads.shards, or queues.capacity if the bursts are short."),
    NO_SLOT(
            "A train of several connections had to be cut, and no slot was free for the parts.",
            "Raise queues.capacity: there are as many slots."),
    NO_BACKEND(
            "The pool has no backend that takes new connections.",
            "Give the pool an active backend with a weight above 0."),
    DRAINING(
            "Homing is stopping and takes no new connections.",
            "Expected while draining; take the instance out of rotation when /readyz says 503."),
    NOT_QUIC(
            "It would begin a connection, but no QUIC client begins one like this: it is too short to be a packet"
                    + " (RFC 9001 section 5.4.2), a kind that only servers send, or has connection IDs of more than 20"
                    + " octets.",
            "Something else is sent to this port: look at who sends it. limits.check-first-packets: false lets it pass."),
    SMALL_INITIAL(
            "It would begin a connection, but the Initial packet's datagram has less than 1200 octets: every server must"
                    + " drop it (RFC 9000 section 14.1).",
            "Not a QUIC client: look at who sends it. limits.check-first-packets: false lets it pass."),
    VERSION_REFUSED(
            "It would begin a connection of a QUIC version that is not listed.",
            "Add the version to limits.versions if clients use it. What asks for Version Negotiation ends here, too."),
    NEW_CONNECTIONS_LIMIT(
            "More connections would begin in a second than Homing is to take in all.",
            "Expected in a flood. Raise limits.new-connections-per-second if the backends can take more."),
    ADDRESS_LIMIT(
            "More connections would begin in a second than one client address may begin.",
            "Raise limits.address-new-connections-per-second if many clients share an address."),
    NETWORK_LIMIT(
            "More connections would begin in a second than the clients of one network may begin.",
            "Raise limits.network-new-connections-per-second if many clients share a network."),
    BACKEND_LIMIT(
            "More connections would begin in a second than the backend is to take.",
            "Raise limits.backend-new-connections-per-second, or add backends."),
    SESSIONS_FULL(
            "The session table is full and no half-open session could make room.",
            "Raise sessions.max, or add an instance."),
    NO_SOURCE_TUPLE(
            "No local address and port are left toward that backend.",
            "Raise the open-file limit or sockets.backend-ports-max, or give sockets.source-addresses."),
    UNKNOWN_SENDER(
            "A datagram reached a backend port from an address that is not a backend's.",
            "Someone else writes to Homing's ports, or a backend answers from another address than it is reached at."),
    NO_SESSION(
            "A backend's datagram belongs to no session: it has expired or was evicted.",
            "Raise sessions.idle-timeout above the servers' idle timeout."),
    TOO_BIG(
            "The datagram is larger than the path to its receiver takes; it is never fragmented (RFC 9000 section 14).",
            "Expected of path MTU probes. If connections hang, make the MTU toward the backends as large as toward clients."),
    SEND_BUFFER_FULL(
            "The socket's send buffer was full.",
            "Raise sockets.send-buffer, or find out what slows the device down."),
    UNREACHABLE(
            "The kernel has no route to the receiver, or a firewall forbids it.",
            "Check routes and firewall toward the address, and that sockets.source-addresses are routed to this"
                    + " machine."),
    REFUSED_SOURCE(
            "The kernel refused the source address to send from.",
            "Make sure that the listening address, or sockets.source-addresses, still belong to this machine."),
    SEND_FAILED(
            "The send call failed for another reason.",
            "See the log for the errno that the kernel gave.");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String sentence;
    private final String remedy;

    DropReason(String sentence, String remedy) {
        this.sentence = sentence;
        this.remedy = remedy;
    }

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }

    public String sentence() {
        return sentence;
    }

    public String remedy() {
        return remedy;
    }
}
