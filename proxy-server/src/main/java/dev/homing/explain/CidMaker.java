package dev.homing.explain;

/// Makes connection IDs with one server ID, as a server would that has it. Not for servers: a nonce
/// may come twice.
public sealed interface CidMaker permits QuicLbMaker, PlainMaker, MvfstMaker {

    /// @param nonce what was put beside the server ID; no octets if the layout has no place of its
    ///   own for that
    record Made(byte[] connectionId, byte[] nonce) {}

    /// The server ID in hexadecimal, as configured.
    String serverId();

    /// 0 to 6, or −1 if the scheme has none.
    int rotationBits();

    /// Whether others cannot read the server ID, so that a server must not use a nonce twice.
    boolean isKeyed();

    /// A connection ID with random octets wherever the server is free to choose.
    Made random();

    /// A connection ID with a certain nonce.
    ///
    /// @throws IllegalArgumentException unless [#takesNonceOf] its length
    Made with(byte[] nonce);

    boolean takesNonceOf(int octets);

    /// What nonces there are, such as `8 octets`.
    String nonceForm();
}
