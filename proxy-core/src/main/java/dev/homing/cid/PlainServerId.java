package dev.homing.cid;

import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.List;

/// A server ID in the clear after the first octet, which says nothing.
///
/// ```
/// octet 0          1
/// | not looked at | server ID (1..15) | not looked at ... |
/// ```
///
/// Immutable; any thread.
public final class PlainServerId implements CidScheme {

    private static final int TOO_SHORT = Unroutable.TOO_SHORT.verdict();

    private final String name;
    private final ServerIds serverIds;
    private final int connectionIdLength;

    /// @param name of the scheme, for people
    /// @param connectionIdLength octets of the connection IDs that the servers issue, or
    ///   [CidDecoder#LENGTH_UNKNOWN]
    /// @throws IllegalArgumentException if a connection ID of that length could not hold a server
    ///   ID
    public PlainServerId(String name, ServerIds serverIds, int connectionIdLength) {
        if (connectionIdLength != CidDecoder.LENGTH_UNKNOWN
                && connectionIdLength < 1 + serverIds.length()) {
            throw new IllegalArgumentException(
                    "server-id-length: %d octets and the first make more than a connection ID of %d"
                            .formatted(serverIds.length(), connectionIdLength));
        }
        this.name = name;
        this.serverIds = serverIds;
        this.connectionIdLength = connectionIdLength;
    }

    @Override
    public int certainOctets(int firstBits) {
        return Math.max(0, connectionIdLength);
    }

    @Override
    public CidDecoder newDecoder() {
        return new Decoder(serverIds, connectionIdLength);
    }

    @Override
    public List<Undecodable> undecodable() {
        return List.of(
                new Undecodable(Undecodable.NO_ROTATION, Unroutable.TOO_SHORT),
                new Undecodable(Undecodable.NO_ROTATION, Unroutable.SERVER_ID_UNKNOWN));
    }

    @Override
    public CidDescription describe(MemorySegment bytes, int offset, int length) {
        int verdict = newDecoder().decodeLong(bytes, offset, length, false);
        if (verdict == TOO_SHORT) {
            return CidDescription.unread(name, CidDescription.NO_ROTATION, Unroutable.TOO_SHORT);
        }
        byte[] octets = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
        int end = 1 + serverIds.length();
        HexFormat hex = HexFormat.of();
        return new CidDescription(
                name,
                CidDescription.NO_ROTATION,
                hex.formatHex(octets, 1, end),
                hex.formatHex(octets, end, octets.length),
                verdict);
    }

    /// A thread's decoder.
    static final class Decoder implements CidDecoder {

        private final ServerIds serverIds;
        private final int connectionIdLength;
        private final ConnectionIdWords words = new ConnectionIdWords();

        private Decoder(ServerIds serverIds, int connectionIdLength) {
            this.serverIds = serverIds;
            this.connectionIdLength = connectionIdLength;
        }

        @Override
        public int decodeLong(
                MemorySegment bytes, int offset, int length, boolean startsConnection) {
            return decodeShort(bytes, offset, length);
        }

        @Override
        public int decodeShort(MemorySegment bytes, int offset, int available) {
            if (available <= serverIds.length()) {
                return TOO_SHORT;
            }
            words.read(bytes, offset + 1, serverIds.length(), 0);
            return serverIds.find(words.first(), words.second());
        }

        @Override
        public int configurationOf(MemorySegment bytes, int offset, int length) {
            return Undecodable.NO_ROTATION;
        }

        @Override
        public int lengthOfShort(MemorySegment bytes, int offset, int available) {
            return connectionIdLength <= available ? connectionIdLength : LENGTH_UNKNOWN;
        }
    }
}
