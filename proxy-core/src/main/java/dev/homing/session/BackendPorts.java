package dev.homing.session;

import dev.homing.datagram.DatagramSink;

/// The unconnected sockets of one shard toward the backends, opened as sessions need them. The
/// shard's thread only.
public interface BackendPorts {

    /// Opening failed: the budget is spent, or the kernel said no.
    int NONE = -1;

    /// Opens one more port.
    ///
    /// @return its number, counted from 0 over both families together, or [#NONE], which is counted
    ///   as an event
    int open(boolean ipv4);

    /// Where to put what is to leave through a port.
    DatagramSink sink(int port);
}
