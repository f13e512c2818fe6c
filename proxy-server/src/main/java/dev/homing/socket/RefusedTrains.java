package dev.homing.socket;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.linux.Errno;
import java.util.Arrays;

/// Addresses that the kernel would not send a train to, because the device on the way there cannot
/// cut one, or its MTU is below the segments' length: their datagrams are sent one by one until
/// [#forget], for routes change.
///
/// A table without chains: an address that loses its place to another one is refused once more, and
/// noted again. One thread.
final class RefusedTrains {

    private static final int PLACE_BITS = 12;

    /// Spreads the bits of an address over all of a word (Knuth, The Art of Computer Programming,
    /// volume 3, section 6.4).
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

    /// The marks of refused addresses, 0 where there is none.
    private final long[] marks = new long[1 << PLACE_BITS];

    private boolean isEmpty = true;

    /// udp_send_skb and the offloads of the device say these of a train (net/ipv4/udp.c and
    /// net/ipv6/udp.c), but they may mean its datagrams as well: those are asked then.
    static boolean isRefusal(int errno, Datagram datagram) {
        return datagram.segmentBytes() > 0
                && (errno == Errno.EIO || errno == Errno.EINVAL || errno == Errno.EMSGSIZE);
    }

    void note(Datagram train) {
        long mark = mark(train.peer());
        marks[place(mark)] = mark;
        isEmpty = false;
    }

    /// Whether this is a train to such an address.
    boolean contains(Datagram datagram) {
        if (isEmpty || datagram.segmentBytes() == 0) {
            return false;
        }
        long mark = mark(datagram.peer());
        return marks[place(mark)] == mark;
    }

    /// Off the hot path, now and then.
    void forget() {
        if (!isEmpty) {
            Arrays.fill(marks, 0);
            isEmpty = true;
        }
    }

    /// Of the address without the port: the way there is the same for all of them.
    private static long mark(Address peer) {
        return ((peer.high() * SPREAD + peer.low()) * SPREAD) | 1;
    }

    private static int place(long mark) {
        return (int) (mark >>> Long.SIZE - PLACE_BITS);
    }
}
