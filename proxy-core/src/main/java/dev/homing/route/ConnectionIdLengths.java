package dev.homing.route;

import java.util.concurrent.atomic.AtomicInteger;

/// The lengths of the connection IDs that a pool's servers have been seen to choose, as a bit set:
/// bit n for n octets.
///
/// Short headers do not carry the length, so that each seen one is probed. It only ever grows: a
/// pool's servers have one length, or two while their software is being exchanged. Any thread reads
/// and writes.
public final class ConnectionIdLengths {

    private final AtomicInteger seen = new AtomicInteger();

    /// Opaque: a length that is seen a moment late costs one datagram the way by its flow, nothing
    /// more.
    public int bits() {
        return seen.getOpaque();
    }

    /// @param length 1 to 20
    public void add(int length) {
        int bit = 1 << length;
        if ((bits() & bit) == 0) {
            seen.getAndAccumulate(bit, (bits, added) -> bits | added);
        }
    }
}
