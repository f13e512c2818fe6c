package dev.homing.control.health;

import java.net.InetSocketAddress;

/// What has been counted of backends since the start, by their addresses. The thread `health` asks.
public interface Traffic {

    /// Sessions that began with a client's own choice, and that the backend answered.
    long answered(InetSocketAddress backend);

    /// The same that expired without any answer.
    long unanswered(InetSocketAddress backend);

    /// How often the network reported the address as unreachable.
    long icmpErrors(InetSocketAddress backend);
}
