package dev.homing.cid.preset;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// nghttpx: QUIC-LB in a single pass, with a key from a line of `--frontend-quic-secret-file`.
///
/// ```
/// line of 136 hex digits     | reserved (4) | secret (32) | salt (32) |
///                              its first three bits are the rotation bits
/// key                        HKDF-SHA256(secret, salt, "connection id encryption key"), 16 octets
///
/// octet 0                1                        5            7          9
/// | rotation, random    | --quic-server-id (4)   | worker (2) | thread (2) | random (8) |
///                       |<-------------------- one AES block ------------------------>|
/// ```
///
/// A server ID of four octets is a server; one of eight names a worker process and its thread too.
public final class Nghttpx {

    private static final int LINE_DIGITS = 136;
    private static final int SECRET_OFFSET = 4;
    private static final int SALT_OFFSET = 36;
    private static final int BODY_BYTES = 16;
    private static final int SERVER_ID_BYTES = 4;
    private static final int WORKER_ID_BYTES = 8;

    private static final byte[] INFO =
            "connection id encryption key".getBytes(StandardCharsets.US_ASCII);

    private Nghttpx() {}

    /// @param line of the secrets file, without its end
    /// @param serverIdLength 4 or 8
    /// @throws IllegalArgumentException if [#problem] says so, or for another length
    public static QuicLbFormat format(String line, int serverIdLength) {
        String problem = problem(line);
        if (problem != null) {
            throw new IllegalArgumentException("cid-key: " + problem);
        }
        if (serverIdLength != SERVER_ID_BYTES && serverIdLength != WORKER_ID_BYTES) {
            throw new IllegalArgumentException(
                    "server-id-length: %d, but nghttpx has %d, or %d with the worker"
                            .formatted(serverIdLength, SERVER_ID_BYTES, WORKER_ID_BYTES));
        }
        byte[] octets = HexFormat.of().parseHex(line);
        return QuicLbFormat.of(
                QuicLbFormat.rotationOf(octets[0]),
                serverIdLength,
                BODY_BYTES - serverIdLength,
                key(octets));
    }

    /// What keeps a line from being a secret that QUIC-LB can use, without showing it; null if
    /// nothing does.
    public static @Nullable String problem(String line) {
        if (line.length() != LINE_DIGITS) {
            return "a line of %d characters, but a secret has %d hex digits"
                    .formatted(line.length(), LINE_DIGITS);
        }
        for (int i = 0; i < LINE_DIGITS; i++) {
            if (!HexFormat.isHexDigit(line.charAt(i))) {
                return "character " + (i + 1) + " of the line is no hex digit";
            }
        }
        int firstOctet = HexFormat.fromHexDigits(line, 0, 2);
        return QuicLbFormat.rotationOf(firstOctet) == QuicLbFormat.RESERVED_ROTATION
                ? "the line begins with the bits 111, which mark connection IDs as unroutable"
                : null;
    }

    private static CidKey key(byte[] octets) {
        try {
            byte[] key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(
                                                    Arrays.copyOfRange(
                                                            octets, SECRET_OFFSET, SALT_OFFSET))
                                            .addSalt(
                                                    Arrays.copyOfRange(
                                                            octets, SALT_OFFSET, octets.length))
                                            .thenExpand(INFO, CidKey.BYTES));
            return CidKey.of(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HKDF-SHA256", e);
        }
    }
}
