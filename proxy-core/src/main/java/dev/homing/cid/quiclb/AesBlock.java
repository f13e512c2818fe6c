package dev.homing.cid.quiclb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/// One AES-128 block at a time, in one direction, as two big-endian words. Allocates nothing after
/// it is made. One thread.
final class AesBlock {

    static final int BYTES = 16;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final Cipher cipher;
    private final byte[] in = new byte[BYTES];
    private final byte[] out = new byte[BYTES];

    private AesBlock(CidKey key, int mode) {
        try {
            // Every Java platform has this transformation, says the documentation of Cipher.
            cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key.aes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no AES", e);
        }
    }

    static AesBlock encrypting(CidKey key) {
        return new AesBlock(key, Cipher.ENCRYPT_MODE);
    }

    static AesBlock decrypting(CidKey key) {
        return new AesBlock(key, Cipher.DECRYPT_MODE);
    }

    /// @param high the block's octets 0 to 7
    /// @param low its octets 8 to 15
    void run(long high, long low) {
        WORD.set(in, 0, high);
        WORD.set(in, Long.BYTES, low);
        try {
            // Not doFinal: that resets the cipher each time. Without padding, a whole block in is a
            // whole block out at once.
            cipher.update(in, 0, BYTES, out, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException(e); // the output has the length of the input
        }
    }

    long high() {
        return (long) WORD.get(out, 0);
    }

    long low() {
        return (long) WORD.get(out, Long.BYTES);
    }
}
