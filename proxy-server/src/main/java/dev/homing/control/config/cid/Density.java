package dev.homing.control.config.cid;

import dev.homing.cid.quiclb.QuicLbFormat;

/// How often a random connection ID names a server (draft-ietf-quic-load-balancers-21 section 5.1).
public final class Density {

    /// More than one new connection in a hundred outside the balancer's control would show in the
    /// shares of the backends.
    public static final double TOLERABLE = 0.01;

    private static final double ROTATIONS = 1 + QuicLbFormat.RESERVED_ROTATION;
    private static final int OCTET_BITS = 8;

    private Density() {}

    /// The share of clients' first choices that a scheme takes for a server's: for each
    /// configuration, one in eight has its rotation bits, and of those as many as the possible
    /// server IDs that are in use.
    ///
    /// @return 0 to 1
    public static double shareOfFirstChoices(CidSettings settings) {
        return switch (settings.scheme()) {
            case QUIC_LB, ENVOY, NGHTTPX ->
                    settings.configs().stream()
                            .mapToDouble(config ->
                                    used(
                                                    settings.serverIdsOf(config).size(),
                                                    config.format().serverIdLength())
                                            / ROTATIONS)
                            .sum();
            case AWS_NLB, MSQUIC_FIXED ->
                    used(settings.serverIds().size(), settings.scheme().serverIdOctets());
            // One backend in four thousand million at most; and Initials of mvfst are not decoded.
            case MSQUIC_IP, MVFST, LEARNED -> 0;
        };
    }

    private static double used(int serverIds, int octets) {
        return serverIds / Math.pow(2, OCTET_BITS * octets);
    }
}
