package dev.homing.linux;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// C types as they lie in memory that is aligned for them.
final class CTypes {

    static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    /// `size_t`, `void *`.
    static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    // Network order. A sockaddr_in6 and an in6_pktinfo hold their sixteen octets aligned to four
    // only.
    static final ValueLayout.OfShort NET16 = U16.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt NET32 = INT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong NET64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private CTypes() {}
}
