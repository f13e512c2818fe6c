package dev.homing.netty;

import dev.homing.cid.server.QuicLbEncoder;
import dev.homing.cid.server.UnroutableIds;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import java.nio.ByteBuffer;

/// Gives a Netty QUIC server connection IDs that say which server it is
/// (draft-ietf-quic-load-balancers-21). Netty asks for the first one of a connection, for a
/// Retry's, and for each that is announced later.
///
/// ```java
/// QuicLbFormat format = QuicLbFormat.of(0, 3, 5, null); // as in cid-configs of the balancers
/// QuicLbEncoder encoder = new QuicLbEncoder(format, HexFormat.of().parseHex("31441a"));
/// new QuicServerCodecBuilder()
///         .connectionIdAddressGenerator(new QuicLbConnectionIdGenerator(encoder))
///         .localConnectionIdLength(encoder.length())
///         .activeConnectionIdLimit(8)
///         .activeMigration(true)
/// ```
///
/// When a key has no nonces left, connection IDs are unroutable (section 9.6): clients are served,
/// but lost when they migrate. Watch [QuicLbEncoder#remaining].
///
/// Thread-safe.
public final class QuicLbConnectionIdGenerator implements QuicConnectionIdGenerator {

    private final QuicLbEncoder encoder;
    private final UnroutableIds fallback;

    /// @param encoder of connection IDs with 8 octets or more
    /// @throws IllegalArgumentException if they are shorter, for then an unroutable one could be a
    ///   client's choice
    public QuicLbConnectionIdGenerator(QuicLbEncoder encoder) {
        this.encoder = encoder;
        fallback = new UnroutableIds(encoder.length());
    }

    /// @throws IllegalArgumentException if Netty was not told the encoder's length
    @Override
    public ByteBuffer newId(int length) {
        if (length != encoder.length()) {
            throw new IllegalArgumentException(
                    "localConnectionIdLength is %d, but the encoder's connection IDs have %d octets"
                            .formatted(length, encoder.length()));
        }
        byte[] id = encoder.next().orElseGet(fallback::next);
        return ByteBuffer.allocateDirect(length).put(id).flip();
    }

    @Override
    public ByteBuffer newId(ByteBuffer seed, int length) {
        return newId(length);
    }

    @Override
    public ByteBuffer newId(ByteBuffer sourceId, ByteBuffer destinationId, int length) {
        return newId(length);
    }

    @Override
    public int maxConnectionIdLength() {
        return encoder.length();
    }

    /// The same input gives another connection ID each time.
    @Override
    public boolean isIdempotent() {
        return false;
    }
}
