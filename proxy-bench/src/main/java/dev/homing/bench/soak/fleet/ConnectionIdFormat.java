package dev.homing.bench.soak.fleet;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
import dev.homing.netty.QuicLbConnectionIdGenerator;
import java.util.HexFormat;

/// How the servers' connection IDs name them: QUIC-LB, encrypted, so that a client's random choice
/// names a server once in billions of times.
public final class ConnectionIdFormat {

    public static final int ROTATION = 2;
    public static final int SERVER_ID_BYTES = 5;
    public static final int NONCE_BYTES = 10;
    public static final String KEY = "8f95f09245765f80256934e50c66207f";

    private static final int FIRST = 0x31;
    private static final int STRIDE = 16;

    private ConnectionIdFormat() {}

    /// @param server counted from 0
    static String of(int server) {
        byte[] id = new byte[SERVER_ID_BYTES];
        for (int i = 0; i < id.length; i++) {
            id[i] = (byte) (FIRST + server + STRIDE * i);
        }
        return HexFormat.of().formatHex(id);
    }

    public static QuicLbConnectionIdGenerator generator(String serverId) {
        return new QuicLbConnectionIdGenerator(
                new QuicLbEncoder(format(), HexFormat.of().parseHex(serverId)));
    }

    public static int connectionIdLength() {
        return format().connectionIdLength();
    }

    private static QuicLbFormat format() {
        return QuicLbFormat.of(ROTATION, SERVER_ID_BYTES, NONCE_BYTES, CidKey.parse(KEY))
                .encodingLength();
    }
}
