package dev.homing.datagram;

/// Takes datagrams to be sent to their peer.
public interface DatagramSink {

    /// Takes the datagram over: it is sent to [Datagram#peer] from [Datagram#local] with the next
    /// flush, then released. What cannot be sent is counted in the ledger with its reason. Called
    /// by the shard's thread only.
    void send(Datagram datagram);
}
