package dev.homing.linux;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;

/// Receives datagrams, many a call, straight into the slots of a pool. Serves any number of sockets
/// of one thread.
///
/// ```
/// entries   0 .. firstReady-1   firstReady .. 63
///           used up             point to an empty slot: the next call fills them from firstReady on
/// ```
///
/// Only the entries that a call used up are prepared again before the next one. The slots that wait
/// here are the pool's all the while, but not available from it.
public final class ReceiveVector {

    // bits/socket.h
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;

    private final Syscalls syscalls;
    private final DatagramPool pool;
    private final int slotBytes;
    private final MessageVector vector = new MessageVector();
    private final ControlMessages control = new ControlMessages();
    private final Datagram[] slots = new Datagram[MessageVector.CAPACITY];

    private int firstReady = MessageVector.CAPACITY;
    private int truncated;
    private long truncatedBytes;

    /// @param pool of the thread that receives
    public ReceiveVector(Syscalls syscalls, DatagramPool pool) {
        this(syscalls, pool, Datagram.CAPACITY_BYTES);
    }

    /// @param slotBytes how much of a slot the kernel may fill
    ReceiveVector(Syscalls syscalls, DatagramPool pool, int slotBytes) {
        this.syscalls = syscalls;
        this.pool = pool;
        this.slotBytes = slotBytes;
    }

    /// Receives what a socket has, up to a batch, without waiting. A datagram that did not fit its
    /// slot is released, and told by [#truncated].
    ///
    /// @param batch gets the datagrams, with payload, peer and local address
    /// @return how many datagrams or trains the kernel gave, 0 when there were none or no slot is
    ///   empty, or a negated errno
    public int receive(UdpSocket socket, DatagramBatch batch) {
        truncated = 0;
        truncatedBytes = 0;
        while (firstReady > 0 && pool.available() > 0) {
            prepare(--firstReady, pool.take());
        }
        int ready = MessageVector.CAPACITY - firstReady;
        if (ready == 0) {
            return 0;
        }
        int received =
                syscalls.recvmmsg(socket.fd(), vector.address(firstReady), ready, MSG_DONTWAIT);
        if (received <= 0) {
            return received == -Errno.EAGAIN ? 0 : received;
        }
        int end = firstReady + received;
        for (int i = firstReady; i < end; i++) {
            complete(i, socket, batch);
        }
        firstReady = end;
        return received;
    }

    /// How many datagrams of the last call were cut off.
    public int truncated() {
        return truncated;
    }

    /// How many octets of them arrived.
    public long truncatedBytes() {
        return truncatedBytes;
    }

    private void prepare(int index, Datagram slot) {
        slots[index] = slot;
        vector.setPayload(index, slot.bytes().address(), slotBytes);
        // recvmsg(2): both lengths are written over with what was used.
        vector.setNameLength(index, SocketAddress.SIZEOF_SOCKADDR_IN6);
        vector.setControlLength(index, ControlMessages.CAPACITY_BYTES);
    }

    private void complete(int index, UdpSocket socket, DatagramBatch batch) {
        Datagram datagram = slots[index];
        int length = vector.length(index);
        if ((vector.flags(index) & MSG_TRUNC) != 0) {
            truncated++;
            truncatedBytes += length;
            pool.release(datagram);
            return;
        }
        SocketAddress.read(vector.memory(), MessageVector.name(index), datagram.peer());
        socket.copyBoundTo(datagram.local());
        control.read(
                vector.memory(),
                MessageVector.control(index),
                vector.controlLength(index),
                datagram.local());
        int segment = control.segmentBytes();
        datagram.setPayload(length, segment < length ? segment : 0, control.ecn());
        batch.add(datagram);
    }
}
