package dev.homing.cid.quiclb;

import dev.homing.quic.ConnectionIdWords;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// One AES block, when server ID and nonce have 16 octets together (sections 5.4.1 and 5.5.1).
///
/// ```
/// AES-128-ECB( | server ID (1..12) | nonce (15..4) | )
/// ```
final class SinglePass implements ServerIdCipher {

    private final long highMask;
    private final long lowMask;
    private final AesBlock decrypting;
    private final AesBlock encrypting;
    private final ConnectionIdWords block = new ConnectionIdWords();

    SinglePass(QuicLbFormat format, CidKey key) {
        highMask = TwoWords.highMask(format.serverIdLength());
        lowMask = TwoWords.lowMask(format.serverIdLength());
        decrypting = AesBlock.decrypting(key);
        encrypting = AesBlock.encrypting(key);
    }

    @Override
    public void open(MemorySegment bytes, int offset) {
        block.read(bytes, offset, AesBlock.BYTES, 0);
        decrypting.run(block.first(), block.second());
    }

    @Override
    public long high() {
        return decrypting.high() & highMask;
    }

    @Override
    public long low() {
        return decrypting.low() & lowMask;
    }

    @Override
    public byte[] openBody(MemorySegment bytes, int offset) {
        open(bytes, offset);
        return ByteBuffer.allocate(AesBlock.BYTES)
                .putLong(decrypting.high())
                .putLong(decrypting.low())
                .array();
    }

    @Override
    public void seal(byte[] connectionId, int offset) {
        block.read(MemorySegment.ofArray(connectionId), offset, AesBlock.BYTES, 0);
        encrypting.run(block.first(), block.second());
        ByteBuffer.wrap(connectionId)
                .putLong(offset, encrypting.high())
                .putLong(offset + Long.BYTES, encrypting.low());
    }

    @Override
    public String algorithm() {
        return "single-pass";
    }
}
