package dev.homing.endtoend;

import dev.homing.cid.preset.EnvoyQuicLb;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
import dev.homing.demo.server.ServerOptions;
import dev.homing.netty.QuicLbConnectionIdGenerator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Servers `s0`, `s1` and `s2` with connection IDs of one scheme, and the keys that make Homing
/// read them.
enum NamingServers {
    PLAINTEXT("quic-lb"),
    SINGLE_PASS("quic-lb"),
    FOUR_PASS("quic-lb"),
    ENVOY("envoy"),
    AWS_NLB("aws-nlb"),
    MVFST("mvfst"),
    MSQUIC_FIXED("msquic-fixed"),
    MSQUIC_IP("msquic-ip");

    private static final CidKey KEY = CidKey.parse("8f95f09245765f80256934e50c66207f");
    private static final String KEY_TEXT = "8f:95:f0:92:45:76:5f:80:25:69:34:e5:0c:66:20:7f";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String POOL = "pools.default.";

    private final String scheme;

    NamingServers(String scheme) {
        this.scheme = scheme;
    }

    /// Null for schemes that are not QUIC-LB's.
    private @Nullable QuicLbFormat format() {
        return switch (this) {
            case PLAINTEXT -> QuicLbFormat.of(0, 3, 5, null);
            case SINGLE_PASS -> QuicLbFormat.of(2, 4, 12, KEY).encodingLength();
            case FOUR_PASS -> QuicLbFormat.of(6, 5, 10, KEY).encodingLength();
            case ENVOY -> EnvoyQuicLb.format(1, 8, 7, null);
            case AWS_NLB, MVFST, MSQUIC_FIXED, MSQUIC_IP -> null;
        };
    }

    private int connectionIdLength() {
        return switch (this) {
            case AWS_NLB -> 16;
            case MVFST -> 8;
            case MSQUIC_FIXED, MSQUIC_IP -> 14;
            default -> Objects.requireNonNull(format()).connectionIdLength();
        };
    }

    private int serverIdLength() {
        return switch (this) {
            case AWS_NLB -> 8;
            case MVFST, MSQUIC_FIXED, MSQUIC_IP -> 4;
            default -> Objects.requireNonNull(format()).serverIdLength();
        };
    }

    InetSocketAddress address(int server) {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0." + (201 + server)), 0);
    }

    /// The server ID as it is configured.
    byte[] serverId(int server) {
        byte[] serverId = new byte[serverIdLength()];
        for (int i = 0; i < serverId.length; i++) {
            serverId[i] = (byte) (0x31 + server + 16 * i);
        }
        return serverId;
    }

    /// A server that issues such connection IDs.
    ServerOptions issue(ServerOptions options, int server) {
        ServerOptions sized = options.withConnectionIdLength(connectionIdLength());
        QuicLbFormat format = format();
        return format == null
                ? sized.withConnectionIds(plain(server))
                : sized.withConnectionIds(new QuicLbConnectionIdGenerator(encoder(server)));
    }

    /// Of a QUIC-LB scheme.
    QuicLbEncoder encoder(int server) {
        return new QuicLbEncoder(Objects.requireNonNull(format()), serverId(server));
    }

    private IntFunction<byte[]> plain(int server) {
        return length -> {
            byte[] id = new byte[length];
            RANDOM.nextBytes(id);
            switch (this) {
                case AWS_NLB -> System.arraycopy(serverId(server), 0, id, 1, serverIdLength());
                case MVFST -> {
                    id[0] |= (byte) 0xc0; // version 3
                    System.arraycopy(serverId(server), 0, id, 1, serverIdLength());
                }
                case MSQUIC_FIXED ->
                        ByteBuffer.wrap(id)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putInt(1, ByteBuffer.wrap(serverId(server)).getInt());
                case MSQUIC_IP ->
                        System.arraycopy(address(server).getAddress().getAddress(), 0, id, 1, 4);
                default -> throw new IllegalStateException(name());
            }
            return id;
        };
    }

    Homing.Setup configure(Homing.Setup setup) {
        setup.set(POOL + "cid-scheme", scheme);
        QuicLbFormat format = format();
        String mappings = POOL + "server-id-mappings.";
        if (format != null) {
            String config = POOL + "cid-configs.0.";
            setup.set(config + "config-rotation-bits", format.configRotationBits())
                    .set(config + "server-id-length", format.serverIdLength())
                    .set(config + "nonce-length", format.nonceLength());
            if (format.key() != null) {
                setup.set(config + "cid-key", KEY_TEXT);
            }
            mappings = config + "server-id-mappings.";
        }
        if (this != MSQUIC_IP) {
            for (int i = 0; i < 3; i++) {
                setup.set(mappings + i + ".server-id", HexFormat.of().formatHex(serverId(i)))
                        .set(mappings + i + ".backend", "s" + i);
            }
        }
        return setup;
    }
}
