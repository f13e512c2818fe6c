package dev.homing.datagram;

/// What one receive call brought: up to [#CAPACITY] datagrams, in the order of their arrival.
///
/// Owned by one thread and used again for every call.
public final class DatagramBatch {

    /// recvmmsg(2) and sendmmsg(2) take as many as 1024; past 64 the cost of the call itself no
    /// longer shows.
    public static final int CAPACITY = 64;

    private final Datagram[] datagrams = new Datagram[CAPACITY];
    private int size;

    public int size() {
        return size;
    }

    public Datagram get(int index) {
        return datagrams[index];
    }

    public void add(Datagram datagram) {
        datagrams[size++] = datagram;
    }

    /// Forgets the datagrams; their new owners release them.
    public void clear() {
        size = 0;
    }
}
