package dev.homing.kit;

import dev.homing.datagram.Address;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.PoolMember;
import java.util.List;
import java.util.stream.IntStream;

/// Backends that differ only in their number.
public final class Backends {

    private static final int NETWORK_10_1 = 0x0a010000;
    private static final long DOCUMENTATION_PREFIX = 0x20010db8_00000000L; // RFC 3849

    private Backends() {}

    public static Backend ipv4(int id) {
        return new Backend(id, "backend-" + id, 0, Address.mapped(NETWORK_10_1 + id), 4433);
    }

    public static Backend ipv6(int id) {
        return new Backend(id, "backend-" + id, DOCUMENTATION_PREFIX, id, 4433);
    }

    public static PoolMember active(Backend backend) {
        return new PoolMember(backend, 1, BackendState.ACTIVE);
    }

    public static PoolMember draining(Backend backend) {
        return new PoolMember(backend, 1, BackendState.DRAINING);
    }

    public static PoolMember down(Backend backend) {
        return new PoolMember(backend, 1, BackendState.DOWN);
    }

    /// Active IPv4 backends with ids from 0 on.
    public static List<PoolMember> members(int count) {
        return IntStream.range(0, count).mapToObj(id -> active(ipv4(id))).toList();
    }
}
