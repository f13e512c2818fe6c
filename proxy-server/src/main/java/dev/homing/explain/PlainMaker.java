package dev.homing.explain;

import dev.homing.quic.QuicHeader;
import java.security.SecureRandom;

/// Connection IDs with a server ID in the clear after a random octet: AWS NLB, msquic.
///
/// ```
/// | random (1) | server ID | nonce |
/// ```
final class PlainMaker implements CidMaker {

    private final String serverId;
    private final byte[] octets;
    private final int length;
    private final boolean isLengthFixed;
    private final SecureRandom random = new SecureRandom();

    /// @param octets the server ID as it lies in connection IDs
    /// @param length of the connection IDs in octets
    /// @param isLengthFixed whether the servers issue no others
    PlainMaker(String serverId, byte[] octets, int length, boolean isLengthFixed) {
        this.serverId = serverId;
        this.octets = octets;
        this.length = length;
        this.isLengthFixed = isLengthFixed;
    }

    @Override
    public String serverId() {
        return serverId;
    }

    @Override
    public int rotationBits() {
        return -1;
    }

    @Override
    public boolean isKeyed() {
        return false;
    }

    @Override
    public Made random() {
        byte[] nonce = new byte[length - 1 - octets.length];
        random.nextBytes(nonce);
        return with(nonce);
    }

    @Override
    public Made with(byte[] nonce) {
        byte[] connectionId = new byte[1 + octets.length + nonce.length];
        connectionId[0] = (byte) random.nextInt();
        System.arraycopy(octets, 0, connectionId, 1, octets.length);
        System.arraycopy(nonce, 0, connectionId, 1 + octets.length, nonce.length);
        return new Made(connectionId, nonce);
    }

    @Override
    public boolean takesNonceOf(int nonceLength) {
        int made = 1 + octets.length + nonceLength;
        return isLengthFixed ? made == length : made <= QuicHeader.MAX_CONNECTION_ID_BYTES;
    }

    @Override
    public String nonceForm() {
        return isLengthFixed
                ? length - 1 - octets.length + " octets"
                : "at most " + (QuicHeader.MAX_CONNECTION_ID_BYTES - 1 - octets.length) + " octets";
    }
}
