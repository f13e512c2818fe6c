package dev.homing.control.config.value;

/// What the connection IDs of a pool's servers say of the server.
public enum CidSchemeName {
    /// Nothing: they are learned.
    LEARNED,
    /// The standard, draft-ietf-quic-load-balancers-21.
    QUIC_LB,
    /// QUIC-LB as Envoy has it, with a worker octet behind.
    ENVOY,
    /// QUIC-LB as nghttpx has it, with a secrets file.
    NGHTTPX,
    /// Eight octets in the clear, as AWS NLB wants them.
    AWS_NLB,
    /// Host IDs of mvfst, versions 1 to 3, as Katran reads them.
    MVFST,
    /// msquic in its load balancing mode 1: the server's own address.
    MSQUIC_IP,
    /// msquic in its load balancing mode 2: FixedServerID.
    MSQUIC_FIXED;

    /// Whether configurations with rotation bits belong to it.
    public boolean hasConfigs() {
        return this == QUIC_LB || this == ENVOY || this == NGHTTPX;
    }

    /// Octets of every server ID, where the scheme fixes that; 0 elsewhere.
    public int serverIdOctets() {
        return switch (this) {
            case AWS_NLB -> 8;
            case MVFST, MSQUIC_IP, MSQUIC_FIXED -> 4;
            case LEARNED, QUIC_LB, ENVOY, NGHTTPX -> 0;
        };
    }
}
