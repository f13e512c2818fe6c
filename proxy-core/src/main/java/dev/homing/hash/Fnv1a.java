package dev.homing.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// FNV-1a of 64 bits (RFC 9923), without a key: for what everybody has to compute alike, and never
/// for a table that strangers fill.
///
/// ```
/// hash = 0xcbf29ce484222325
/// for each octet: hash = (hash XOR octet) * 0x100000001b3, modulo 2^64
/// ```
public final class Fnv1a {

    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fnv1a() {}

    /// Of so many octets from an offset on.
    public static long hash(MemorySegment bytes, int offset, int length) {
        long hash = OFFSET_BASIS;
        for (int i = 0; i < length; i++) {
            int octet = Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, offset + i));
            hash = (hash ^ octet) * PRIME;
        }
        return hash;
    }
}
