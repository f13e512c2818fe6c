package dev.homing.cid;

import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.hash.SipHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which backend each server ID belongs to (`server-id-mappings`): one length, any number of server
/// IDs a backend. Each configuration has an allocation of its own.
///
/// ```
/// slot i    keys[2 i]         octets 0..7, big-endian, octets past the length are 0
///           keys[2 i + 1]     octets 8..14, in the same way
///           backends[i]       backend id, or FREE
/// ```
///
/// Open addressing, at most half full, so that looking for the server ID of a stranger's connection
/// ID ends soon. Immutable; any thread.
public final class ServerIds {

    private static final int FREE = -1;
    private static final int UNKNOWN = Unroutable.SERVER_ID_UNKNOWN.verdict();

    /// The key need not be secret: what is in the table is the operator's choice, and what
    /// strangers look for does not get into it.
    private static final SipHash HASH = new SipHash(0x736572766572L, 0x696473L);

    private final int length;
    private final int count;
    private final int mask;
    private final long[] keys;
    private final int[] backends;

    private ServerIds(int length, Map<ByteBuffer, Integer> mappings) {
        this.length = length;
        count = mappings.size();
        int slots = Integer.highestOneBit(Math.max(1, count)) << 2;
        mask = slots - 1;
        keys = new long[2 * slots];
        backends = new int[slots];
        Arrays.fill(backends, FREE);
        mappings.forEach((serverId, backend) -> put(serverId.duplicate(), backend));
    }

    private void put(ByteBuffer serverId, int backend) {
        ByteBuffer words = ByteBuffer.allocate(2 * Long.BYTES).put(serverId);
        long high = words.getLong(0);
        long low = words.getLong(Long.BYTES);
        int slot = slot(high, low);
        while (backends[slot] != FREE) {
            slot = slot + 1 & mask;
        }
        keys[2 * slot] = high;
        keys[2 * slot + 1] = low;
        backends[slot] = backend;
    }

    /// The backend of a server ID, or the verdict [Unroutable#SERVER_ID_UNKNOWN].
    ///
    /// @param high octets 0 to 7, big-endian, 0 past the length
    /// @param low octets 8 to 14, in the same way
    public int find(long high, long low) {
        int slot = slot(high, low);
        int backend;
        while ((backend = backends[slot]) != FREE) {
            if (keys[2 * slot] == high && keys[2 * slot + 1] == low) {
                return backend;
            }
            slot = slot + 1 & mask;
        }
        return UNKNOWN;
    }

    private int slot(long high, long low) {
        long hash = length <= Long.BYTES ? HASH.hash(high) : HASH.hash(high, low, 0);
        return (int) hash & mask;
    }

    /// Octets of each server ID.
    public int length() {
        return length;
    }

    /// How many server IDs there are.
    public int count() {
        return count;
    }

    /// Whether a server ID is in both.
    public boolean meets(ServerIds other) {
        if (length != other.length) {
            return false;
        }
        for (int slot = 0; slot < backends.length; slot++) {
            if (backends[slot] != FREE && other.find(keys[2 * slot], keys[2 * slot + 1]) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// @param length of each server ID, 1 to 15 octets
    /// @throws IllegalArgumentException for another length
    public static Builder ofLength(int length) {
        return new Builder(length);
    }

    /// Collects server IDs. One thread.
    public static final class Builder {

        private final int length;
        private final Map<ByteBuffer, Integer> mappings = new LinkedHashMap<>();

        private Builder(int length) {
            if (length < 1 || length > QuicLbFormat.MAX_SERVER_ID_BYTES) {
                throw new IllegalArgumentException(
                        "server-id-length: %d is not within 1..%d"
                                .formatted(length, QuicLbFormat.MAX_SERVER_ID_BYTES));
            }
            this.length = length;
        }

        /// The backend that has a server ID so far, or the verdict [Unroutable#SERVER_ID_UNKNOWN].
        public int backendOf(byte[] serverId) {
            return mappings.getOrDefault(ByteBuffer.wrap(serverId), UNKNOWN);
        }

        /// @param backend its id, 0 or more
        /// @throws IllegalArgumentException if the server ID has another length or is another
        ///   backend's
        public Builder add(byte[] serverId, int backend) {
            if (backend < 0) {
                throw new IllegalArgumentException("no backend has the id " + backend);
            }
            if (serverId.length != length) {
                throw new IllegalArgumentException(
                        "server-id: %s has %d octets, but server-id-length is %d"
                                .formatted(hex(serverId), serverId.length, length));
            }
            Integer other = mappings.putIfAbsent(ByteBuffer.wrap(serverId.clone()), backend);
            if (other != null && other != backend) {
                throw new IllegalArgumentException(
                        "server-id: %s is that of two backends, %d and %d"
                                .formatted(hex(serverId), other, backend));
            }
            return this;
        }

        private static String hex(byte[] serverId) {
            return HexFormat.of().formatHex(serverId);
        }

        public ServerIds build() {
            return new ServerIds(length, mappings);
        }
    }
}
