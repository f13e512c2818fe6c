package dev.homing.linux;

import dev.homing.datagram.Datagram;

/// Sends datagrams, many a call, straight from their slots.
///
/// One thread. The datagrams belong to the caller, who keeps them until they are sent.
public final class SendVector {

    public static final int CAPACITY = MessageVector.CAPACITY;

    // bits/socket.h. A socket of ours never blocks anyway; the flag keeps that true where it was
    // set up elsewhere.
    private static final int MSG_DONTWAIT = 0x40;

    private final Syscalls syscalls;
    private final MessageVector vector = new MessageVector();
    private int size;

    public SendVector(Syscalls syscalls) {
        this.syscalls = syscalls;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == CAPACITY;
    }

    public void clear() {
        size = 0;
    }

    /// Puts a datagram behind the others: to its peer, from its local address, with its ECN mark; a
    /// train as one, to be cut by the kernel or the device (UDP_SEGMENT in udp(7)).
    ///
    /// @param socket which is to send it
    public void add(Datagram datagram, UdpSocket socket) {
        add(datagram, 0, datagram.lengthBytes(), trainSegmentBytes(datagram), socket);
    }

    /// Puts one datagram of a train behind the others, to be sent by itself.
    ///
    /// @param offset in the train
    public void addSegment(Datagram train, int offset, int lengthBytes, UdpSocket socket) {
        add(train, offset, lengthBytes, 0, socket);
    }

    private void add(
            Datagram datagram, int offset, int lengthBytes, int segmentBytes, UdpSocket socket) {
        int index = size++;
        vector.setPayload(index, datagram.bytes().address() + offset, lengthBytes);
        vector.setNameLength(
                index,
                SocketAddress.write(
                        vector.memory(),
                        MessageVector.name(index),
                        datagram.peer(),
                        socket.isIpv6()));
        vector.setControlLength(
                index,
                ControlMessages.write(
                        vector.memory(),
                        MessageVector.control(index),
                        datagram,
                        segmentBytes,
                        socket));
    }

    /// 0 for what has nothing to be cut.
    private static int trainSegmentBytes(Datagram datagram) {
        int segment = datagram.segmentBytes();
        return segment < datagram.lengthBytes() ? segment : 0;
    }

    /// Octets of what is at an index.
    public int lengthBytes(int index) {
        return vector.payloadBytes(index);
    }

    /// Sends from an index on. The kernel stops at the first datagram that it refuses, and says why
    /// only when that is the first of the call (sendmmsg(2)): call again from there.
    ///
    /// @return how many were sent, at least 1, or the negated errno for the datagram at the index
    public int send(UdpSocket socket, int from) {
        return syscalls.sendmmsg(socket.fd(), vector.address(from), size - from, MSG_DONTWAIT);
    }
}
