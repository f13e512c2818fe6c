package dev.homing.bench.load;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// A datagram of the load: a QUIC short header (RFC 8999 section 5.2), then what the receiver wants
/// to know.
///
/// ```
/// octet  0       1               9                    17              25           29
///        | 0x40  | connection ID | due, nanoseconds   | sequence (8)  | phase (4)  | flow (4) | anything …
///                  8 octets        of System.nanoTime, which all processes of a machine share (CLOCK_MONOTONIC)
/// ```
///
/// The connection ID is a function of the flow, as that of the C generator in `proxy-bench/floor`;
/// or one that names its backend by QUIC-LB in the clear (draft-ietf-quic-load-balancers, section
/// 5.1):
///
/// ```
/// | 0 (rotation bits) , 5 random bits | server ID (1) | nonce (6) |
/// ```
public final class Wire {

    public static final int MIN_BYTES = 33;
    public static final int CONNECTION_ID_BYTES = 8;
    public static final int NONCE_BYTES = 6;

    private static final int CONNECTION_ID = 1;
    private static final int SERVER_ID = 2;
    private static final int DUE = 9;
    private static final int SEQUENCE = 17;
    private static final int PHASE = 25;
    private static final int FLOW = 29;

    private static final byte SHORT_HEADER = 0x40;
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final long LOW_FIVE_BITS = 0x1f;

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Wire() {}

    static void write(
            MemorySegment bytes,
            long at,
            long connectionId,
            long dueNanos,
            long sequence,
            int phase,
            int flow) {
        bytes.set(ValueLayout.JAVA_BYTE, at, SHORT_HEADER);
        bytes.set(LONG, at + CONNECTION_ID, connectionId);
        bytes.set(LONG, at + DUE, dueNanos);
        bytes.set(LONG, at + SEQUENCE, sequence);
        bytes.set(INT, at + PHASE, phase);
        bytes.set(INT, at + FLOW, flow);
    }

    static long connectionId(int flow) {
        return (flow + 1L) * GOLDEN;
    }

    /// Little-endian, so the lowest octet is the first.
    static long quicLbConnectionId(int flow) {
        long random = connectionId(flow);
        return random << 2 * Byte.SIZE
                | (long) serverId(flow) << Byte.SIZE
                | random >>> Long.SIZE - Byte.SIZE & LOW_FIVE_BITS;
    }

    /// 1 or 2: the backend, counted from 1, that the flow belongs to.
    public static int serverId(int flow) {
        return 1 + (flow & 1);
    }

    static int serverIdAt(MemorySegment bytes, long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at + SERVER_ID);
    }

    static long dueNanos(MemorySegment bytes, long at) {
        return bytes.get(LONG, at + DUE);
    }

    static long sequence(MemorySegment bytes, long at) {
        return bytes.get(LONG, at + SEQUENCE);
    }

    static int phase(MemorySegment bytes, long at) {
        return bytes.get(INT, at + PHASE);
    }

    static int flow(MemorySegment bytes, long at) {
        return bytes.get(INT, at + FLOW);
    }
}
