package dev.homing.cid.quiclb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The format of the connection IDs of one configuration: one value of the rotation bits.
///
/// ```
/// octet 0                    1                     1 + server ID    1 + server ID + nonce
/// | rotation | length, or   | server ID (1..15)   | nonce (4..18)  | extra | uncounted |
/// | 3 bits   | random: 5    | with a key: encrypted together       | in the clear      |
/// ```
///
/// The algorithm follows from key and lengths: without a key [Plaintext]; with one [SinglePass] if
/// server ID and nonce fill an AES block, else [FourPass] (sections 5.2 to 5.4 of the draft).
///
/// Immutable.
///
/// @param configRotationBits `config-rotation-bits` of a balancer, `config-id` of a server: 0 to 6
/// @param serverIdLength `server-id-length`, 1 to 15 octets
/// @param nonceLength `nonce-length`, 4 to 18 octets, and at most 19 with the server ID
/// @param key `cid-key`, or null for plaintext
/// @param firstOctetEncodesCidLength whether the lower five bits of the first octet are the number
///   of octets that follow, less the uncounted ones
/// @param extraLength octets that every server of this configuration appends for itself (section
///   5.2)
/// @param uncountedLength octets after those, that the first octet's length does not count
public record QuicLbFormat(
        int configRotationBits,
        int serverIdLength,
        int nonceLength,
        @Nullable CidKey key,
        boolean firstOctetEncodesCidLength,
        int extraLength,
        int uncountedLength) {

    public static final int MAX_ROTATION = 6;

    /// Rotation bits of connection IDs that no configuration made, always unroutable (section 3.1).
    public static final int RESERVED_ROTATION = 7;

    public static final int MIN_SERVER_ID_BYTES = 1;
    public static final int MAX_SERVER_ID_BYTES = 15;
    public static final int MIN_NONCE_BYTES = 4;
    public static final int MAX_NONCE_BYTES = 18;

    /// Server ID and nonce together: a connection ID of versions 1 and 2 has 20 octets at most.
    public static final int MAX_BODY_BYTES = 19;

    private static final int ROTATION_SHIFT = 5;
    private static final int LENGTH_BITS = 0x1f;

    /// @throws IllegalArgumentException with all [#problems]
    public QuicLbFormat {
        List<QuicLbProblem> problems =
                problems(
                        configRotationBits,
                        serverIdLength,
                        nonceLength,
                        extraLength,
                        uncountedLength);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
    }

    /// Without extra octets, and with random bits in the first octet.
    public static QuicLbFormat of(
            int configRotationBits, int serverIdLength, int nonceLength, @Nullable CidKey key) {
        return new QuicLbFormat(configRotationBits, serverIdLength, nonceLength, key, false, 0, 0);
    }

    /// The same with the length in the first octet.
    public QuicLbFormat encodingLength() {
        return new QuicLbFormat(
                configRotationBits,
                serverIdLength,
                nonceLength,
                key,
                true,
                extraLength,
                uncountedLength);
    }

    /// The same with octets of the server's own after the nonce.
    public QuicLbFormat withExtra(int counted, int uncounted) {
        return new QuicLbFormat(
                configRotationBits,
                serverIdLength,
                nonceLength,
                key,
                firstOctetEncodesCidLength,
                counted,
                uncounted);
    }

    /// All that is wrong with a configuration; empty if it is legal.
    public static List<QuicLbProblem> problems(
            int configRotationBits,
            int serverIdLength,
            int nonceLength,
            int extraLength,
            int uncountedLength) {
        List<QuicLbProblem> problems = new ArrayList<>();
        check(problems, "config-rotation-bits", configRotationBits, 0, MAX_ROTATION);
        check(
                problems,
                "server-id-length",
                serverIdLength,
                MIN_SERVER_ID_BYTES,
                MAX_SERVER_ID_BYTES);
        check(problems, "nonce-length", nonceLength, MIN_NONCE_BYTES, MAX_NONCE_BYTES);
        check(problems, "extra octets", extraLength, 0, MAX_BODY_BYTES);
        check(problems, "uncounted octets", uncountedLength, 0, MAX_BODY_BYTES);
        if (!problems.isEmpty()) {
            return problems;
        }
        int body = serverIdLength + nonceLength;
        if (body > MAX_BODY_BYTES) {
            problems.add(
                    new QuicLbProblem(
                            "nonce-length",
                            "%d with a server-id-length of %d makes %d octets, but there is room for %d"
                                    .formatted(nonceLength, serverIdLength, body, MAX_BODY_BYTES)));
        } else if (body + extraLength + uncountedLength > MAX_BODY_BYTES) {
            problems.add(
                    new QuicLbProblem(
                            "extra octets",
                            "%d after a server ID and a nonce of %d, but there is room for %d in all"
                                    .formatted(
                                            extraLength + uncountedLength, body, MAX_BODY_BYTES)));
        }
        return problems;
    }

    private static void check(
            List<QuicLbProblem> problems, String term, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add(new QuicLbProblem(term, value + " is not within " + least + ".." + most));
        }
    }

    /// The rotation bits of a connection ID's first octet.
    public static int rotationOf(int firstOctet) {
        return firstOctet >> ROTATION_SHIFT & RESERVED_ROTATION;
    }

    /// Octets of the whole connection ID by its first octet, if that encodes the length.
    public int lengthEncodedIn(int firstOctet) {
        return 1 + (firstOctet & LENGTH_BITS) + uncountedLength;
    }

    /// @param random its lower five bits are used if the first octet does not encode the length
    public int firstOctet(int random) {
        return configRotationBits << ROTATION_SHIFT
                | (firstOctetEncodesCidLength ? bodyLength() + extraLength : random & LENGTH_BITS);
    }

    /// Octets of server ID and nonce.
    public int bodyLength() {
        return serverIdLength + nonceLength;
    }

    /// Octets that a connection ID must have for its server ID to be read. More are allowed
    /// (section 5.2).
    public int shortestLength() {
        return 1 + bodyLength();
    }

    /// Octets of the connection IDs that servers of this configuration issue.
    public int connectionIdLength() {
        return 1 + bodyLength() + extraLength + uncountedLength;
    }
}
