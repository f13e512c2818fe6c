package dev.homing.diagnose.finding;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.observe.path.DropPlace;

/// The steps of a datagram's way in their order: from a client to a backend, and back. At each, one
/// hands it on to the next, and may lose it.
public enum Step {
    NIC("NIC ring"),
    SOFTIRQ("softirq backlog"),
    FIREWALL("IP and firewall"),
    UDP("UDP stack"),
    SOCKET("socket buffer"),
    RECEIVER("receiver"),
    QUEUE("queue"),
    SHARD("shard"),
    SEND("send"),
    BACKEND("backend"),
    ANSWER_SOCKET("backend port's buffer"),
    ANSWER("shard, way back"),
    ANSWER_SEND("send to client"),

    /// Not on the way, but around it.
    INSTANCE("instance"),
    MACHINE("machine");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public boolean isOnTheWay() {
        return compareTo(INSTANCE) < 0;
    }

    /// Where a datagram ends for this reason.
    ///
    /// @param side that it was received from
    public static Step of(DropReason reason, Side side) {
        boolean isForward = side == Side.CLIENT;
        return switch (DropPlace.of(side, reason)) {
            case RECEIVER -> isForward ? RECEIVER : ANSWER;
            case QUEUE -> isForward ? QUEUE : ANSWER;
            case SHARD -> isForward ? SHARD : ANSWER;
            case SEND -> isForward ? SEND : ANSWER_SEND;
        };
    }
}
