package dev.homing.cid;

import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;

/// Connection IDs of mvfst, read as Katran does (katran/lib/bpf/pckt_parsing.h): at least 8 octets,
/// a version in the first two bits, and one table of host IDs for all versions.
///
/// ```
/// bit 0   2         18      26
/// | 01 | host (16) | worker | ...                        version 1
/// octet    0               1           4        5
/// | 10 | 6 random bits |  host (24)  | worker | ...      version 2
/// | 11 | 6 random bits |  host (32)           | ...      version 3, octets 1 to 4
/// | 00 |  names no server                                version 0
/// ```
///
/// Host ID 0 means none. A long header that may open a connection is never decoded, for its
/// connection ID may be the client's.
///
/// Immutable; any thread.
public final class Mvfst implements CidScheme {

    /// Octets of a host ID in [ServerIds], big-endian, for all versions.
    public static final int HOST_ID_BYTES = 4;

    private static final String LAYOUT = "mvfst";

    /// Octets of every connection ID: mvfst's default, and the least that Katran reads.
    public static final int CONNECTION_ID_BYTES = 8;

    private static final int TOO_SHORT = Unroutable.TOO_SHORT.verdict();
    private static final int NAMES_NO_SERVER = Unroutable.NAMES_NO_SERVER.verdict();
    private static final int CLIENTS_CHOICE = Unroutable.CLIENTS_CHOICE.verdict();

    private final ServerIds hosts;

    /// @param hosts host IDs, see [#hostId]
    /// @throws IllegalArgumentException if host IDs have another length than four octets, or one is
    ///   0
    public Mvfst(ServerIds hosts) {
        if (hosts.length() != HOST_ID_BYTES) {
            throw new IllegalArgumentException(
                    "server-id-length: %d, but a host ID of mvfst has %d octets"
                            .formatted(hosts.length(), HOST_ID_BYTES));
        }
        if (hosts.find(0, 0) >= 0) {
            throw new IllegalArgumentException("server-id: host ID 0 means none");
        }
        this.hosts = hosts;
    }

    /// A host ID as [ServerIds] take it.
    public static byte[] hostId(int host) {
        return ByteBuffer.allocate(HOST_ID_BYTES).putInt(host).array();
    }

    /// A connection ID of the host's, in the first version that has room for its host ID.
    ///
    /// @param host not 0
    /// @param others eight octets, for the bits that neither version nor host ID take
    /// @throws IllegalArgumentException for host ID 0, or another number of octets
    public static byte[] connectionId(int host, byte[] others) {
        if (host == 0 || others.length != CONNECTION_ID_BYTES) {
            throw new IllegalArgumentException(
                    "host ID %d in %d octets".formatted(host, others.length));
        }
        int version = host >>> 16 == 0 ? 1 : host >>> 24 == 0 ? 2 : 3;
        int bits = 8 * (version + 1);
        int shift = version == 1 ? 46 : version == 2 ? 32 : 24;
        long taken = ((1L << bits) - 1) << shift | 3L << 62;
        long octets =
                ByteBuffer.wrap(others).getLong() & ~taken
                        | (long) version << 62
                        | Integer.toUnsignedLong(host) << shift;
        return ByteBuffer.allocate(CONNECTION_ID_BYTES).putLong(octets).array();
    }

    /// The host ID in a connection ID's first eight octets; 0 for none.
    private static int hostOf(long octets) {
        return switch (versionOf(octets)) {
            case 1 -> (int) (octets >>> 46) & 0xffff;
            case 2 -> (int) (octets >>> 32) & 0xff_ffff;
            case 3 -> (int) (octets >>> 24);
            default -> 0;
        };
    }

    private static int versionOf(long octets) {
        return (int) (octets >>> 62);
    }

    @Override
    public int certainOctets(int firstBits) {
        return CONNECTION_ID_BYTES;
    }

    @Override
    public CidDecoder newDecoder() {
        return new Decoder(hosts);
    }

    @Override
    public List<Undecodable> undecodable() {
        return List.of(
                new Undecodable(Undecodable.NO_ROTATION, Unroutable.TOO_SHORT),
                new Undecodable(Undecodable.NO_ROTATION, Unroutable.NAMES_NO_SERVER),
                new Undecodable(Undecodable.NO_ROTATION, Unroutable.SERVER_ID_UNKNOWN));
    }

    @Override
    public CidDescription describe(MemorySegment bytes, int offset, int length) {
        int verdict = newDecoder().decodeLong(bytes, offset, length, false);
        if (verdict == TOO_SHORT) {
            return CidDescription.unread(LAYOUT, CidDescription.NO_ROTATION, Unroutable.TOO_SHORT);
        }
        byte[] octets = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        long first = ByteBuffer.wrap(octets).getLong();
        int version = versionOf(first);
        return new CidDescription(
                LAYOUT + " version " + version,
                CidDescription.NO_ROTATION,
                version == 0 ? "" : HexFormat.of().toHexDigits(hostOf(first)),
                "",
                verdict);
    }

    /// A thread's decoder.
    static final class Decoder implements CidDecoder {

        private final ServerIds hosts;
        private final ConnectionIdWords words = new ConnectionIdWords();

        private Decoder(ServerIds hosts) {
            this.hosts = hosts;
        }

        @Override
        public int decodeLong(
                MemorySegment bytes, int offset, int length, boolean startsConnection) {
            return startsConnection ? CLIENTS_CHOICE : decodeShort(bytes, offset, length);
        }

        @Override
        public int decodeShort(MemorySegment bytes, int offset, int available) {
            if (available < CONNECTION_ID_BYTES) {
                return TOO_SHORT;
            }
            words.read(bytes, offset, CONNECTION_ID_BYTES, 0);
            int host = hostOf(words.first());
            return host == 0 ? NAMES_NO_SERVER : hosts.find((long) host << 32, 0);
        }

        @Override
        public int configurationOf(MemorySegment bytes, int offset, int length) {
            return Undecodable.NO_ROTATION;
        }

        @Override
        public int lengthOfShort(MemorySegment bytes, int offset, int available) {
            return available >= CONNECTION_ID_BYTES ? CONNECTION_ID_BYTES : LENGTH_UNKNOWN;
        }
    }
}
