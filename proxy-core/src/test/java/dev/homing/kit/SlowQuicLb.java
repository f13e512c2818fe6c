package dev.homing.kit;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// QUIC-LB's encryption as the draft's text tells it (sections 5.4.1 and 5.4.2), octet by octet:
/// what the core's is compared with.
public final class SlowQuicLb {

    private SlowQuicLb() {}

    /// Server ID and nonce, encrypted.
    public static byte[] encrypt(byte[] key, byte[] body) {
        return body.length == 16 ? aes(key, body) : fourPass(key, body);
    }

    private static byte[] fourPass(byte[] key, byte[] body) {
        int length = body.length;
        int half = (length + 1) / 2;
        boolean odd = length % 2 == 1;
        byte[] left = Arrays.copyOfRange(body, 0, half);
        byte[] right = Arrays.copyOfRange(body, length - half, length);
        clear(odd, left, right);
        for (int pass = 1; pass <= 4; pass++) {
            byte[] from = pass % 2 == 1 ? left : right;
            byte[] to = pass % 2 == 1 ? right : left;
            byte[] expanded = Arrays.copyOf(from, 16);
            expanded[14] = (byte) length;
            expanded[15] = (byte) pass;
            byte[] stream = aes(key, expanded);
            for (int i = 0; i < half; i++) {
                to[i] ^= stream[i];
            }
            clear(odd, left, right);
        }
        byte[] out = Arrays.copyOf(left, length);
        for (int i = 0; i < half; i++) {
            int at = length - half + i;
            out[at] = (byte) (at < half ? out[at] | right[i] : right[i]);
        }
        return out;
    }

    private static void clear(boolean odd, byte[] left, byte[] right) {
        if (odd) {
            left[left.length - 1] &= (byte) 0xf0;
            right[0] &= 0x0f;
        }
    }

    private static byte[] aes(byte[] key, byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
