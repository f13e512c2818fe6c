package dev.homing.cid.quiclb;

import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Everybody may read the server ID (section 5.3).
///
/// ```
/// | server ID | nonce |
/// ```
final class Plaintext implements ServerIdCipher {

    private final int serverIdLength;
    private final int bodyLength;
    private final ConnectionIdWords serverId = new ConnectionIdWords();

    Plaintext(QuicLbFormat format) {
        serverIdLength = format.serverIdLength();
        bodyLength = format.bodyLength();
    }

    @Override
    public void open(MemorySegment bytes, int offset) {
        serverId.read(bytes, offset, serverIdLength, 0);
    }

    @Override
    public long high() {
        return serverId.first();
    }

    @Override
    public long low() {
        return serverId.second();
    }

    @Override
    public byte[] openBody(MemorySegment bytes, int offset) {
        return bytes.asSlice(offset, bodyLength).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void seal(byte[] connectionId, int offset) {
        // Plaintext is what it says.
    }

    @Override
    public String algorithm() {
        return "plaintext";
    }
}
