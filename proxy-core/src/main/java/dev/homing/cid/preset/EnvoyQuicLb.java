package dev.homing.cid.preset;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.quiclb.QuicLbProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Envoy with `envoy.quic.connection_id_generator.quic_lb`: QUIC-LB, and an octet for the worker,
/// which the length in the first octet does not count.
///
/// ```
/// octet 0                        1
/// | configuration_version, len  | server ID | nonce (4..16) | worker (1) |
/// |         3 bits, 5 bits      | <-------- len --------->  |
/// ```
///
/// So the draft's check of the length would refuse every connection ID of Envoy, unless it leaves
/// the last octet out, as this format does.
public final class EnvoyQuicLb {

    public static final int MIN_NONCE_BYTES = QuicLbFormat.MIN_NONCE_BYTES;
    public static final int MAX_NONCE_BYTES = 16;

    private static final int WORKER_BYTES = 1;

    private EnvoyQuicLb() {}

    /// All that is wrong with a configuration; empty if it is legal.
    public static List<QuicLbProblem> problems(
            int configurationVersion, int serverIdLength, int nonceLength) {
        if (nonceLength > MAX_NONCE_BYTES) {
            return List.of(
                    new QuicLbProblem(
                            "nonce-length",
                            "%d is not within %d..%d"
                                    .formatted(nonceLength, MIN_NONCE_BYTES, MAX_NONCE_BYTES)));
        }
        List<QuicLbProblem> problems =
                QuicLbFormat.problems(configurationVersion, serverIdLength, nonceLength, 0, 0);
        int body = serverIdLength + nonceLength;
        int room = QuicLbFormat.MAX_BODY_BYTES - WORKER_BYTES;
        if (problems.isEmpty() && body > room) {
            return List.of(
                    new QuicLbProblem(
                            "nonce-length",
                            "%d with a server-id-length of %d makes %d octets, but Envoy's worker octet leaves room for %d"
                                    .formatted(nonceLength, serverIdLength, body, room)));
        }
        return problems;
    }

    /// @param configurationVersion 0 to 6
    /// @param serverIdLength `expected_server_id_length`; with the nonce at most 18
    /// @param nonceLength `nonce_length_bytes`, 4 to 16
    /// @param key `encryption_key`, or null with `unencrypted_mode`
    /// @throws IllegalArgumentException if a value is out of range
    public static QuicLbFormat format(
            int configurationVersion, int serverIdLength, int nonceLength, @Nullable CidKey key) {
        List<QuicLbProblem> problems = problems(configurationVersion, serverIdLength, nonceLength);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return QuicLbFormat.of(configurationVersion, serverIdLength, nonceLength, key)
                .encodingLength()
                .withExtra(0, WORKER_BYTES);
    }
}
