package dev.homing.bench.load;

/// Which datagram comes from where.
public enum Pattern {

    /// Each flow has a socket, and each burst a flow.
    SOCKETS,

    /// Each socket sends from many addresses of 127.0.0.0/8, each of which is a flow; each datagram
    /// of a burst belongs to another one, in an order that no cache likes.
    ADDRESSES,

    /// Each flow has a socket, and changes its address every so many bursts. Its connection ID
    /// stays, and says by QUIC-LB which of two backends it belongs to.
    MIGRATING
}
