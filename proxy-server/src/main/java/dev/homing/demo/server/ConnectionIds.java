package dev.homing.demo.server;

import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/// Gives Netty the connection IDs that somebody else makes, given their length in bytes.
///
/// Netty asks it for the first source connection ID, for a Retry's, and for each NEW_CONNECTION_ID.
final class ConnectionIds implements QuicConnectionIdGenerator {
    private static final int MAX_LENGTH_BYTES = 20;

    private final IntFunction<byte[]> source;

    ConnectionIds(IntFunction<byte[]> source) {
        this.source = source;
    }

    @Override
    public ByteBuffer newId(int lengthBytes) {
        byte[] id = source.apply(lengthBytes);
        if (id.length != lengthBytes) {
            throw new IllegalStateException(
                    "a connection ID of " + id.length + " bytes was made, not " + lengthBytes);
        }
        return ByteBuffer.allocateDirect(lengthBytes).put(id).flip();
    }

    @Override
    public ByteBuffer newId(ByteBuffer seed, int lengthBytes) {
        return newId(lengthBytes);
    }

    @Override
    public ByteBuffer newId(ByteBuffer sourceId, ByteBuffer destinationId, int lengthBytes) {
        return newId(lengthBytes);
    }

    @Override
    public int maxConnectionIdLength() {
        return MAX_LENGTH_BYTES;
    }

    @Override
    public boolean isIdempotent() {
        return false;
    }
}
