package dev.homing.datagram;

/// Where a datagram's slot goes back to when nobody needs it any more.
public interface DatagramOwner {

    /// Called once per datagram by the thread that holds it; the datagram may not be touched
    /// afterwards.
    void release(Datagram datagram);
}
