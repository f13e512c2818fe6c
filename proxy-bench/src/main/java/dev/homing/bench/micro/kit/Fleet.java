package dev.homing.bench.micro.kit;

import dev.homing.admission.AdmissionRules;
import dev.homing.datagram.Address;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.util.List;
import java.util.stream.IntStream;

/// Backends that differ only in their number, in one pool that learns connection IDs.
public final class Fleet {

    private static final int NETWORK_10_1 = 0x0a010000;
    private static final int PORT = 4433;

    private Fleet() {}

    public static Backend backend(int id) {
        return new Backend(id, "backend-" + id, 0, Address.mapped(NETWORK_10_1 + id), PORT);
    }

    /// Active, each of the same weight, with ids from 0 on.
    public static List<PoolMember> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(id -> new PoolMember(backend(id), 1, BackendState.ACTIVE))
                .toList();
    }

    public static RoutingTable table(int count, AdmissionRules admission) {
        List<PoolMember> members = members(count);
        Pool pool =
                new Pool(
                        0,
                        "default",
                        Balance.CONNECTION_ID,
                        SlotPackets.CONNECTION_ID_BYTES,
                        new ConnectionIdLengths(),
                        members);
        return new RoutingTable(
                1,
                true,
                admission,
                List.of(pool),
                new int[1],
                members.stream().map(PoolMember::backend).toList());
    }
}
