package dev.homing.testkit;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// One server's connection IDs by draft-ietf-quic-load-balancers-21, sections 5.2 to 5.4: makes
/// them for a server that is made of Java, and says what those of any server hold. It shares no
/// code with Homing's own decoder, so that the one can prove the other.
///
/// ```
///   octet 0                              1 ...
///  ┌───────────────┬──────────────────┬───────────┬───────┐
///  │ rotation bits │ length or random │ server ID │ nonce │
///  └───────────────┴──────────────────┴───────────┴───────┘
///    7 6 5           4 3 2 1 0        │ AES-128-ECB, if there is a key and these are 16 octets
/// ```
///
/// @param rotationBits which configuration of the balancer it is, 0 to 6
/// @param serverId in hexadecimal
/// @param nonceLength octets, 4 or more
/// @param key 16 octets in hexadecimal; empty means plaintext
/// @param encodesLength whether the first octet says how many follow; else its low bits are random
public record QuicLbIds(
        int rotationBits, String serverId, int nonceLength, String key, boolean encodesLength) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();
    private static final int AES_BLOCK = 16;

    public QuicLbIds {
        int rest = HEX.parseHex(serverId).length + nonceLength;
        if (rotationBits < 0
                || rotationBits > 6
                || serverId.isEmpty()
                || nonceLength < 4
                || rest > 19) {
            throw new IllegalArgumentException(
                    "rotation bits are 0 to 6, a server ID has 1 octet or more, a nonce 4 or more,"
                            + " both at most 19");
        }
        if (!key.isEmpty() && (HEX.parseHex(key).length != AES_BLOCK || rest != AES_BLOCK)) {
            throw new IllegalArgumentException(
                    "with a key of 16 octets, server ID and nonce have 16 octets together");
        }
    }

    /// Server IDs that everybody can read.
    public static QuicLbIds plaintext(int rotationBits, String serverId, int nonceLength) {
        return new QuicLbIds(rotationBits, serverId, nonceLength, "", false);
    }

    /// Server IDs under a key, by the single pass of section 5.4.1.
    public static QuicLbIds encrypted(int rotationBits, String serverId, String key) {
        int nonceLength = AES_BLOCK - HEX.parseHex(serverId).length;
        return new QuicLbIds(rotationBits, serverId, nonceLength, key, false);
    }

    public QuicLbIds withEncodedLength() {
        return new QuicLbIds(rotationBits, serverId, nonceLength, key, true);
    }

    /// Of a whole connection ID, in octets.
    public int length() {
        return 1 + HEX.parseHex(serverId).length + nonceLength;
    }

    /// A new connection ID.
    public byte[] next() {
        byte[] id = new byte[length()];
        RANDOM.nextBytes(id);
        int low = encodesLength ? id.length - 1 : id[0] & 0x1f;
        id[0] = (byte) (rotationBits << 5 | low);
        byte[] server = HEX.parseHex(serverId);
        System.arraycopy(server, 0, id, 1, server.length);
        return crypt(Cipher.ENCRYPT_MODE, id);
    }

    /// The server ID in a connection ID, both in hexadecimal; empty when the connection ID has not
    /// these rotation bits or this length.
    public String serverIdIn(String connectionId) {
        byte[] id = HEX.parseHex(connectionId);
        if (id.length != length()
                || (id[0] & 0xff) >> 5 != rotationBits
                || (encodesLength && (id[0] & 0x1f) != id.length - 1)) {
            return "";
        }
        int end = 1 + HEX.parseHex(serverId).length;
        return HEX.formatHex(Arrays.copyOfRange(crypt(Cipher.DECRYPT_MODE, id), 1, end));
    }

    private byte[] crypt(int mode, byte[] id) {
        if (key.isEmpty()) {
            return id;
        }
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(mode, new SecretKeySpec(HEX.parseHex(key), "AES"));
            byte[] result = id.clone();
            aes.doFinal(id, 1, AES_BLOCK, result, 1);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }
}
