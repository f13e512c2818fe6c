package dev.homing.cid;

import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.quiclb.QuicLbProblem;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// QUIC-LB (draft-ietf-quic-load-balancers-21): up to seven configurations at once, told apart by
/// the first three bits of the connection ID.
///
/// ```
/// rotation  0..6  as that configuration says, see QuicLbFormat
///           7     always unroutable: a server that has no configuration made it (section 3.1)
/// ```
///
/// Immutable; any thread.
public final class QuicLb implements CidScheme {

    private final List<Configuration> configurations;

    /// One value of the rotation bits.
    ///
    /// @param serverIds of the length that the format says
    /// @param checksLength whether a connection ID whose first octet does not tell its length is
    ///   unroutable (section 4.1); only where every server encodes it
    public record Configuration(QuicLbFormat format, ServerIds serverIds, boolean checksLength) {

        /// @throws IllegalArgumentException if the server IDs have another length, or a length is
        ///   to be checked that is not encoded
        public Configuration {
            if (serverIds.length() != format.serverIdLength()) {
                throw new IllegalArgumentException(
                        "server-id-mappings: server IDs of %d octets, but server-id-length is %d"
                                .formatted(serverIds.length(), format.serverIdLength()));
            }
            if (checksLength && !format.firstOctetEncodesCidLength()) {
                throw new IllegalArgumentException(
                        "first-octet-encodes-cid-length: false, so there is no length to check");
            }
        }

        /// Without the check of the length, which the draft leaves to choice.
        public Configuration(QuicLbFormat format, ServerIds serverIds) {
            this(format, serverIds, false);
        }
    }

    /// @throws IllegalArgumentException with all [#problems]
    public QuicLb(List<Configuration> configurations) {
        List<QuicLbProblem> problems = problems(configurations);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        this.configurations = List.copyOf(configurations);
    }

    /// What is wrong with configurations that are legal each for itself; empty if nothing is.
    public static List<QuicLbProblem> problems(List<Configuration> configurations) {
        List<QuicLbProblem> problems = new ArrayList<>();
        for (int i = 0; i < configurations.size(); i++) {
            for (int j = 0; j < i; j++) {
                compare(configurations.get(j), configurations.get(i), problems);
            }
        }
        return problems;
    }

    private static void compare(
            Configuration one, Configuration other, List<QuicLbProblem> problems) {
        int rotation = other.format.configRotationBits();
        if (one.format.configRotationBits() == rotation) {
            problems.add(new QuicLbProblem("config-rotation-bits", rotation + " is there twice"));
        }
        // Section 9.7: whoever sees both would learn which ciphertext is whose.
        if ((one.format.key() == null) != (other.format.key() == null)
                && one.serverIds.meets(other.serverIds)) {
            problems.add(
                    new QuicLbProblem(
                            "server-id-mappings",
                            "config-rotation-bits %d and %d share a server ID, but one of them has a cid-key and one has none"
                                    .formatted(one.format.configRotationBits(), rotation)));
        }
    }

    public List<Configuration> configurations() {
        return configurations;
    }

    @Override
    public int certainOctets(int firstBits) {
        for (Configuration configuration : configurations) {
            if (configuration.format.configRotationBits() == firstBits) {
                return configuration.format.connectionIdLength();
            }
        }
        return 0;
    }

    @Override
    public List<Undecodable> undecodable() {
        List<Undecodable> ways = new ArrayList<>();
        for (int rotation = 0; rotation < QuicLbFormat.RESERVED_ROTATION; rotation++) {
            if (isConfigured(rotation)) {
                ways.add(new Undecodable(rotation, Unroutable.TOO_SHORT));
                ways.add(new Undecodable(rotation, Unroutable.LENGTH_DISAGREES));
                ways.add(new Undecodable(rotation, Unroutable.SERVER_ID_UNKNOWN));
            } else {
                ways.add(new Undecodable(rotation, Unroutable.NO_CONFIGURATION));
            }
        }
        ways.add(new Undecodable(QuicLbFormat.RESERVED_ROTATION, Unroutable.RESERVED_ROTATION));
        ways.add(new Undecodable(Undecodable.NO_ROTATION, Unroutable.TOO_SHORT));
        return ways;
    }

    private boolean isConfigured(int rotation) {
        for (Configuration configuration : configurations) {
            if (configuration.format.configRotationBits() == rotation) {
                return true;
            }
        }
        return false;
    }

    @Override
    public CidDecoder newDecoder() {
        return new QuicLbDecoder(configurations);
    }

    @Override
    public CidDescription describe(MemorySegment bytes, int offset, int length) {
        return new QuicLbDecoder(configurations).describe(bytes, offset, length);
    }
}
