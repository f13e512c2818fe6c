package dev.homing.bench.alternatives;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Consistent hashing as a first version has it: each backend at many points of a ring, and a
/// connection ID goes to the next point. Immutable.
final class HashRing {

    private static final int POINTS_A_BACKEND = 160;

    private static final int CONNECTION_ID = 1;
    private static final int CONNECTION_ID_BYTES = 8;

    // FNV-1a, 64 bits
    private static final long OFFSET_BASIS = 0xcbf2_9ce4_8422_2325L;
    private static final long PRIME = 0x0000_0100_0000_01b3L;

    private final TreeMap<Long, InetSocketAddress> ring = new TreeMap<>();

    private HashRing(List<InetSocketAddress> backends) {
        for (InetSocketAddress backend : backends) {
            for (int i = 0; i < POINTS_A_BACKEND; i++) {
                byte[] point =
                        ByteBuffer.allocate(2 * Integer.BYTES)
                                .putInt(backend.getPort())
                                .putInt(i)
                                .array();
                ring.put(hash(ByteBuffer.wrap(point), 0, point.length), backend);
            }
        }
    }

    /// @param ports on the loopback address
    static HashRing of(String... ports) {
        List<InetSocketAddress> backends = new ArrayList<>();
        for (String port : ports) {
            backends.add(
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), Integer.parseInt(port)));
        }
        return new HashRing(backends);
    }

    /// The backend of a datagram with a short header, whose connection ID has eight octets.
    InetSocketAddress find(ByteBuffer datagram) {
        int length = Math.min(CONNECTION_ID_BYTES, Math.max(0, datagram.limit() - CONNECTION_ID));
        return at(hash(datagram, CONNECTION_ID, length));
    }

    InetSocketAddress at(long hash) {
        Map.Entry<Long, InetSocketAddress> next = ring.ceilingEntry(hash);
        return next == null ? ring.firstEntry().getValue() : next.getValue();
    }

    private static long hash(ByteBuffer bytes, int from, int length) {
        long hash = OFFSET_BASIS;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes.get(i) & 0xff) * PRIME;
        }
        // FNV leaves the high bits of short inputs alike; the ring needs them.
        return hash * 0x9E37_79B9_7F4A_7C15L ^ hash >>> Integer.SIZE;
    }
}
