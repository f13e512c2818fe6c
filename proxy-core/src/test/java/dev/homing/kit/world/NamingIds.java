package dev.homing.kit.world;

import dev.homing.cid.CidScheme;
import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.kit.Cid;
import dev.homing.route.Backend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/// Connection IDs that name their server in the clear (draft-ietf-quic-load-balancers-21 section
/// 5.2): a configuration for each length that a model server may choose.
///
/// ```
/// | configuration (3 bits), anything | backend id (2) | anything |
/// ```
final class NamingIds {

    private static final int[] LENGTHS = {8, 18, 20};
    private static final int SERVER_ID_BYTES = 2;
    private static final int ROTATION_SHIFT = 5;

    private NamingIds() {}

    static Cid next(SplittableRandom random, int backend, int length) {
        byte[] octets = Cid.random(random, length).octets();
        octets[0] = (byte) (rotation(length) << ROTATION_SHIFT | octets[0] & 0x1f);
        octets[1] = (byte) (backend >>> 8);
        octets[2] = (byte) backend;
        return Cid.of(octets);
    }

    private static int rotation(int length) {
        for (int rotation = 0; rotation < LENGTHS.length; rotation++) {
            if (LENGTHS[rotation] == length) {
                return rotation;
            }
        }
        throw new IllegalArgumentException("no configuration for " + length + " octets");
    }

    static CidScheme scheme(Collection<Backend> backends) {
        ServerIds.Builder ids = ServerIds.ofLength(SERVER_ID_BYTES);
        for (Backend backend : backends) {
            ids.add(new byte[] {(byte) (backend.id() >>> 8), (byte) backend.id()}, backend.id());
        }
        ServerIds servers = ids.build();
        List<QuicLb.Configuration> configurations = new ArrayList<>();
        for (int rotation = 0; rotation < LENGTHS.length; rotation++) {
            int nonceBytes = LENGTHS[rotation] - 1 - SERVER_ID_BYTES;
            configurations.add(
                    new QuicLb.Configuration(
                            QuicLbFormat.of(rotation, SERVER_ID_BYTES, nonceBytes, null), servers));
        }
        return new QuicLb(configurations);
    }
}
