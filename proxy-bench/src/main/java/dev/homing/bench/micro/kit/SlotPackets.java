package dev.homing.bench.micro.kit;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Writes the beginnings of QUIC packets, as far as they are in clear, into slots. Connection IDs
/// have eight octets, so that writing one costs a single store.
///
/// ```
/// short   | 0x40 | connection ID 8 | ...
/// long    | first octet | version 1, 4 | 8 | destination 8 | 8 | source 8 | ...
/// ```
public final class SlotPackets {

    public static final int CONNECTION_ID_BYTES = 8;

    private static final ValueLayout.OfByte OCTET = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final byte SHORT = 0x40;
    private static final byte INITIAL = (byte) 0xc0;

    private SlotPackets() {}

    public static void shortHeader(MemorySegment slot, long offset, long connectionId) {
        slot.set(OCTET, offset, SHORT);
        slot.set(LONG, offset + 1, connectionId);
    }

    /// An Initial of version 1.
    public static void initial(MemorySegment slot, long offset, long destination, long source) {
        slot.set(OCTET, offset, INITIAL);
        slot.set(INT, offset + 1, 1);
        slot.set(OCTET, offset + 5, (byte) CONNECTION_ID_BYTES);
        slot.set(LONG, offset + 6, destination);
        slot.set(OCTET, offset + 14, (byte) CONNECTION_ID_BYTES);
        slot.set(LONG, offset + 15, source);
    }
}
