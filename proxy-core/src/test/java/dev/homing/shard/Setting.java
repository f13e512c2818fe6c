package dev.homing.shard;

import dev.homing.admission.AdmissionRules;
import dev.homing.datagram.Address;
import dev.homing.kit.Backends;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Rules;
import dev.homing.kit.world.Dials;
import dev.homing.kit.world.ModelPool;
import dev.homing.kit.world.ServerStyle;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import dev.homing.session.SessionLimits;
import dev.homing.session.SourceAddresses;
import dev.homing.session.SourceAddresses.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What a simulation is of, drawn by lot. Things that do not go together are not drawn together,
/// and the reason is said.
///
/// @param receivers 0 for run to completion
/// @param sharesSockets whether a client socket may have several connections
/// @param changesFleet whether backends come, drain and go
/// @param isScarce strangers flood a small session table, and queues run full
/// @param makesNoise whether strangers send anything
/// @param isNamed servers name themselves in their connection IDs
/// @param admission what may begin a connection
record Setting(
        int receivers,
        int shards,
        int listeners,
        SourceAddresses ipv4,
        SourceAddresses ipv6,
        List<ModelPool> pools,
        Dials dials,
        boolean sharesSockets,
        boolean changesFleet,
        boolean isScarce,
        boolean makesNoise,
        boolean isNamed,
        AdmissionRules admission) {

    /// Long enough that no session of a simulation expires before its time.
    static final int TIMEOUT_SECONDS = 120;

    private static final SessionLimits AMPLE = new SessionLimits(600, 300, TIMEOUT_SECONDS, 60, 8);
    private static final SessionLimits SCARCE = new SessionLimits(200, 8, TIMEOUT_SECONDS, 60, 8);
    private static final int SLOTS = 24;
    private static final long MILLISECOND_NS = 1_000_000;
    private static final int[] LENGTHS = {4, 8, 18, 20};
    private static final int FIRST_SERVERS = 6;
    private static final int PER_SECOND = 4;

    static Setting draw(SplittableRandom random) {
        boolean isScarce = random.nextInt(4) == 0;
        boolean sharesSockets = random.nextBoolean();
        int receivers = random.nextInt(4);
        boolean isNamed = random.nextInt(3) == 0;
        // Clients of servers without connection IDs are known by their session only: it must not be
        // evicted, nor be one of several of the same flow.
        boolean mayHaveNoIds = !sharesSockets && !isScarce && !isNamed;
        return new Setting(
                receivers,
                1 + random.nextInt(4),
                1 + random.nextInt(3),
                random.nextBoolean() ? SourceAddresses.ANY : ipv4Block(random),
                random.nextBoolean() ? SourceAddresses.ANY : ipv6Block(random),
                pools(random, mayHaveNoIds, isNamed),
                dials(random),
                sharesSockets,
                // An evicted session's handshake begins anew by hash, which finds its server only
                // while the fleet is the same.
                !isScarce && random.nextBoolean(),
                isScarce,
                isScarce || random.nextBoolean(),
                isNamed,
                admission(random, isScarce));
    }

    /// A session that was evicted begins anew, so limits would keep it from coming to rest.
    private static AdmissionRules admission(SplittableRandom random, boolean isScarce) {
        return switch (random.nextInt(isScarce ? 2 : 3)) {
            case 0 -> AdmissionRules.ANYTHING;
            case 1 -> Rules.checking();
            default -> Rules.strict(PER_SECOND, PER_SECOND, PER_SECOND, PER_SECOND);
        };
    }

    /// Whether so few may begin that some have to wait for their turn.
    boolean isLimited() {
        return admission.isLimited();
    }

    private static SourceAddresses ipv4Block(SplittableRandom random) {
        long first = Address.mapped(0x0ac80000);
        return SourceAddresses.of(
                new Block(0, first, 1 + random.nextInt(3)), new Block(0, first + 256, 2));
    }

    private static SourceAddresses ipv6Block(SplittableRandom random) {
        return SourceAddresses.of(new Block(0x20010db8_00020000L, 0, 1 + random.nextInt(20)));
    }

    private static Dials dials(SplittableRandom random) {
        return new Dials(
                random.nextInt(3) * random.nextInt(10),
                random.nextInt(3) * random.nextInt(10),
                random.nextInt(3) * random.nextInt(15),
                random.nextLong(5 * MILLISECOND_NS),
                1 + random.nextLong(20 * MILLISECOND_NS));
    }

    /// One to three pools, some servers of which are in two of them.
    private static List<ModelPool> pools(
            SplittableRandom random, boolean mayHaveNoIds, boolean isNamed) {
        int count = 1 + random.nextInt(3);
        boolean isConfigured = random.nextInt(3) == 0;
        int length = length(random, isNamed);
        List<List<ServerStyle>> styles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            styles.add(new ArrayList<>());
        }
        for (int id = 0; id < FIRST_SERVERS; id++) {
            ServerStyle style =
                    isConfigured
                            ? style(random, id, length, isNamed)
                            : style(
                                    random,
                                    id,
                                    mayHaveNoIds && id % 3 == 0 ? 0 : length(random, isNamed),
                                    isNamed);
            styles.get(id % count).add(style);
            if (count > 1 && random.nextInt(4) == 0) {
                styles.get((id + 1) % count).add(style);
            }
        }
        return styles.stream()
                .map(each ->
                        new ModelPool(
                                random.nextBoolean() ? Balance.CONNECTION_ID : Balance.FLOW,
                                isConfigured ? length : Pool.LENGTH_LEARNED,
                                isNamed,
                                each))
                .toList();
    }

    /// A server as may be added to a pool.
    ServerStyle newServer(SplittableRandom random, int pool, int id) {
        int configured = pools.get(pool).configuredLength();
        int length = configured == Pool.LENGTH_LEARNED ? length(random, isNamed) : configured;
        return style(random, id, length, isNamed);
    }

    private static ServerStyle style(SplittableRandom random, int id, int length, boolean isNamed) {
        return new ServerStyle(
                random.nextBoolean() ? Backends.ipv4(id) : Backends.ipv6(id),
                length,
                random.nextInt(3) == 0,
                !isNamed && length >= 8 && random.nextInt(3) == 0,
                isNamed);
    }

    /// Four octets have no room for a name.
    private static int length(SplittableRandom random, boolean isNamed) {
        int first = isNamed ? 1 : 0;
        return LENGTHS[first + random.nextInt(LENGTHS.length - first)];
    }

    /// Of all shards together.
    int halfOpenLimit() {
        return shards * limits().halfOpen();
    }

    private SessionLimits limits() {
        return isScarce ? SCARCE : AMPLE;
    }

    MachineOptions options() {
        return new MachineOptions()
                .receivers(receivers)
                .shards(shards)
                .listeners(listeners)
                .slots(SLOTS)
                .queueCapacity(isScarce ? 8 : 32)
                .limits(limits())
                .sourceAddresses(ipv4, ipv6);
    }
}
