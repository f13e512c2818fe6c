package dev.homing.cid.server;

import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.quiclb.ServerIdCipher;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Issues a server's connection IDs under one QUIC-LB configuration.
///
/// ```
/// | rotation | length or random | server ID | nonce | extra octets of the server's own |
/// |   3 bits, 5 bits            | encrypted together, with a key | in the clear       |
/// ```
///
/// *With a key*, each nonce is used once (section 9.6): a counter that starts at a random value.
/// The cipher makes the outcome unlinkable. Two processes with the same server ID and key need
/// nonces that do not meet, so give each process a server ID of its own; and a server that restarts
/// with the same key goes on from its [#position], or risks repeating one. When all nonces are
/// used, there is no next connection ID: take another configuration, or [UnroutableIds].
///
/// *Without a key*, nonces are random, since a counter would tell connection IDs of one client
/// apart from others' (section 9). Issue only the one of the handshake then. As any random
/// connection ID, it might be in use already: check.
///
/// A new configuration is a new encoder; connection IDs of the old one are to be retired (section
/// 3.1).
///
/// Thread-safe.
public final class QuicLbEncoder {

    private final QuicLbFormat format;
    private final byte[] serverId;
    private final ServerIdCipher cipher;
    private final RandomGenerator random;

    /// Null without a key.
    private final @Nullable NonceCounter counter;

    /// @param serverId of the length that the format says
    /// @throws IllegalArgumentException if it has another length
    public QuicLbEncoder(QuicLbFormat format, byte[] serverId) {
        this(format, serverId, new SecureRandom());
    }

    QuicLbEncoder(QuicLbFormat format, byte[] serverId, RandomGenerator random) {
        this(
                format,
                serverId,
                new NoncePosition(
                        HexFormat.of().formatHex(randomOctets(random, format.nonceLength())), 0),
                random);
    }

    /// Goes on with a key that was in use before.
    ///
    /// @param position of the last encoder with this key and server ID, or ahead of it
    /// @throws IllegalArgumentException if the server ID or the nonces have another length
    public QuicLbEncoder(QuicLbFormat format, byte[] serverId, NoncePosition position) {
        this(format, serverId, position, new SecureRandom());
    }

    QuicLbEncoder(
            QuicLbFormat format, byte[] serverId, NoncePosition position, RandomGenerator random) {
        if (serverId.length != format.serverIdLength()) {
            throw new IllegalArgumentException(
                    "server-id: %d octets, but server-id-length is %d"
                            .formatted(serverId.length, format.serverIdLength()));
        }
        this.format = format;
        this.serverId = serverId.clone();
        this.random = random;
        cipher = ServerIdCipher.of(format);
        counter = format.key() == null ? null : new NonceCounter(format.nonceLength(), position);
    }

    /// A new connection ID, with random extra octets if the format has any; empty if all nonces are
    /// used.
    public Optional<byte[]> next() {
        return next(randomOctets(random, extraLength()));
    }

    /// A new connection ID; empty if all nonces are used.
    ///
    /// @param extra the octets after the nonce, which are not encrypted: a worker's number, say,
    ///   that nobody else can read anything from
    /// @throws IllegalArgumentException if the format has another number of them
    public synchronized Optional<byte[]> next(byte[] extra) {
        if (extra.length != extraLength()) {
            throw new IllegalArgumentException(
                    "extra octets: %d, but the format has %d"
                            .formatted(extra.length, extraLength()));
        }
        if (remaining() == 0) {
            return Optional.empty();
        }
        byte[] nonce =
                counter == null ? randomOctets(random, format.nonceLength()) : counter.next();
        return Optional.of(encode(nonce, extra));
    }

    /// The connection ID that has a certain nonce, with random extra octets: for tests and tools. A
    /// server calls [#next], which gives each nonce out once; this neither knows nor counts what
    /// was used.
    ///
    /// @throws IllegalArgumentException if the format has nonces of another length
    public synchronized byte[] withNonce(byte[] nonce) {
        if (nonce.length != format.nonceLength()) {
            throw new IllegalArgumentException(
                    "nonce: %d octets, but nonce-length is %d"
                            .formatted(nonce.length, format.nonceLength()));
        }
        return encode(nonce, randomOctets(random, extraLength()));
    }

    private byte[] encode(byte[] nonce, byte[] extra) {
        byte[] connectionId = new byte[length()];
        connectionId[0] = (byte) format.firstOctet(random.nextInt());
        System.arraycopy(serverId, 0, connectionId, 1, serverId.length);
        System.arraycopy(nonce, 0, connectionId, 1 + serverId.length, nonce.length);
        cipher.seal(connectionId, 1);
        System.arraycopy(extra, 0, connectionId, format.shortestLength(), extra.length);
        return connectionId;
    }

    /// How many more connection IDs there are: time to rotate while there still are some.
    /// [Long#MAX_VALUE] without a key.
    public synchronized long remaining() {
        return counter == null ? Long.MAX_VALUE : counter.remaining();
    }

    /// Where to go on after a restart with the same key; empty without a key.
    public synchronized Optional<NoncePosition> position() {
        return counter == null ? Optional.empty() : Optional.of(counter.position());
    }

    /// Octets of each connection ID.
    public int length() {
        return format.connectionIdLength();
    }

    private int extraLength() {
        return format.extraLength() + format.uncountedLength();
    }

    private static byte[] randomOctets(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
