package dev.homing.explain;

import dev.homing.cid.Mvfst;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Connection IDs of mvfst, in the first version that has room for the host ID.
final class MvfstMaker implements CidMaker {

    private final String serverId;
    private final SecureRandom random = new SecureRandom();

    MvfstMaker(String serverId) {
        this.serverId = serverId;
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
        byte[] others = new byte[Mvfst.CONNECTION_ID_BYTES];
        random.nextBytes(others);
        return new Made(Mvfst.connectionId(HexFormat.fromHexDigits(serverId), others), new byte[0]);
    }

    @Override
    public Made with(byte[] nonce) {
        throw new IllegalArgumentException("mvfst has no nonce");
    }

    @Override
    public boolean takesNonceOf(int octets) {
        return false;
    }

    @Override
    public String nonceForm() {
        return "none: the bits beside the host ID are random";
    }
}
