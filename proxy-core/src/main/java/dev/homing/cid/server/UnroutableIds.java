package dev.homing.cid.server;

import dev.homing.cid.quiclb.QuicLbFormat;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/// Connection IDs of a server that has no configuration, or has used up its nonces: balancers route
/// them by the client's address (section 3.2).
///
/// ```
/// | 111 | length: 5 bits | random |
/// ```
///
/// A connection that has one should get no other, and should be told not to migrate
/// (`disable_active_migration`): a new address may lead to another server.
///
/// Thread-safe.
public final class UnroutableIds {

    /// Section 3.2: so long that clients cannot have chosen the same by chance.
    public static final int MIN_BYTES = 8;

    public static final int MAX_BYTES = 20;

    private final int length;
    private final RandomGenerator random;

    /// @param length octets of each, 8 to 20
    /// @throws IllegalArgumentException for another length
    public UnroutableIds(int length) {
        this(length, new SecureRandom());
    }

    UnroutableIds(int length, RandomGenerator random) {
        if (length < MIN_BYTES || length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "length of unroutable connection IDs: %d is not within %d..%d"
                            .formatted(length, MIN_BYTES, MAX_BYTES));
        }
        this.length = length;
        this.random = random;
    }

    public byte[] next() {
        byte[] connectionId = new byte[length];
        random.nextBytes(connectionId);
        // The length is not a choice here, whatever the server's configuration was.
        connectionId[0] = (byte) (QuicLbFormat.RESERVED_ROTATION << 5 | length - 1);
        return connectionId;
    }
}
