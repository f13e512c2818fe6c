package dev.homing.explain;

import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
import java.security.SecureRandom;

/// Connection IDs of one configuration of QUIC-LB, Envoy or nghttpx.
final class QuicLbMaker implements CidMaker {

    private final QuicLbFormat format;
    private final String serverId;
    private final QuicLbEncoder encoder;
    private final SecureRandom random = new SecureRandom();

    QuicLbMaker(QuicLbFormat format, String serverId, byte[] octets) {
        this.format = format;
        this.serverId = serverId;
        encoder = new QuicLbEncoder(format, octets);
    }

    @Override
    public String serverId() {
        return serverId;
    }

    @Override
    public int rotationBits() {
        return format.configRotationBits();
    }

    @Override
    public boolean isKeyed() {
        return format.key() != null;
    }

    @Override
    public Made random() {
        byte[] nonce = new byte[format.nonceLength()];
        random.nextBytes(nonce);
        return with(nonce);
    }

    @Override
    public Made with(byte[] nonce) {
        return new Made(encoder.withNonce(nonce), nonce);
    }

    @Override
    public boolean takesNonceOf(int octets) {
        return octets == format.nonceLength();
    }

    @Override
    public String nonceForm() {
        return format.nonceLength() + " octets";
    }
}
