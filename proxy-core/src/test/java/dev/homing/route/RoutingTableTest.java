package dev.homing.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import dev.homing.kit.Backends;
import dev.homing.kit.Seeded;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RoutingTableTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    private record Key(long high, long low, int port) {}

    @Test
    void findsBackendsByAddressAsAMapDoes() {
        SplittableRandom random = seeded.random();
        for (int count : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65, 1000}) {
            Map<Key, Backend> model = new HashMap<>();
            while (model.size() < count) {
                Key key = similar(random);
                model.putIfAbsent(
                        key,
                        new Backend(
                                model.size(),
                                "backend-" + model.size(),
                                key.high(),
                                key.low(),
                                key.port()));
            }
            RoutingTable table = new RoutingTable(1, true, List.of(), new int[0], model.values());
            model.forEach(
                    (key, backend) -> assertSame(backend, backendAt(table, key), key.toString()));
            for (int i = 0; i < 5_000; i++) {
                Key key = similar(random);
                assertSame(model.get(key), backendAt(table, key));
            }
        }
    }

    private static Backend backendAt(RoutingTable table, Key key) {
        return table.backendAt(key.high(), key.low(), key.port());
    }

    private static Key similar(SplittableRandom random) {
        boolean isIpv4 = random.nextBoolean();
        return new Key(
                isIpv4 ? 0 : random.nextInt(3),
                isIpv4 ? Address.mapped(0x0a000000 + random.nextInt(40)) : random.nextInt(40),
                443 + random.nextInt(20));
    }

    @Test
    void findsBackendsByIdWithGapsBetweenThem() {
        Backend low = Backends.ipv4(3);
        Backend high = Backends.ipv6(Backend.MAX_COUNT - 1);
        RoutingTable table = new RoutingTable(1, true, List.of(), new int[0], List.of(high, low));
        assertSame(low, table.backend(3));
        assertSame(high, table.backend(Backend.MAX_COUNT - 1));
        assertNull(table.backend(-1));
        assertNull(table.backend(0));
        assertNull(table.backend(Backend.MAX_COUNT));
        assertEquals(List.of(low, high), table.backends());
    }

    @Test
    void everybodySeesThePublishedTable() {
        RoutingTable first = new RoutingTable(1, true, List.of(), new int[0], List.of());
        RoutingTable second = new RoutingTable(2, true, List.of(), new int[0], List.of());
        RoutingFeed feed = new RoutingFeed(first);
        assertSame(first, feed.latest());
        feed.publish(second);
        assertSame(second, feed.latest());
    }

    @Test
    void aPoolKeepsConnectionsOfDrainingBackendsAndOfNoOther() {
        Pool pool =
                pool(
                        List.of(
                                Backends.active(Backends.ipv4(2)),
                                Backends.draining(Backends.ipv4(5)),
                                new PoolMember(Backends.ipv4(7), 0, BackendState.ACTIVE)));
        for (int id = -2; id < 100; id++) {
            assertEquals(id == 2 || id == 5 || id == 7, pool.keeps(id));
        }
        assertFalse(pool(List.of()).keeps(0));
    }

    @Test
    void aBackendsAddressIsThatOfItsSocketAddress() throws UnknownHostException {
        Backend ipv4 =
                Backend.of(
                        1,
                        "a",
                        new InetSocketAddress(
                                InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}), 443));
        assertTrue(ipv4.isIpv4());
        assertEquals(0x0000_ffff_c000_0201L, ipv4.low());
        assertEquals(443, ipv4.port());
        byte[] octets = new byte[16];
        octets[0] = (byte) 0xfe;
        octets[1] = (byte) 0x80;
        octets[15] = 9;
        Backend ipv6 =
                Backend.of(1, "a", new InetSocketAddress(InetAddress.getByAddress(octets), 443));
        assertFalse(ipv6.isIpv4());
        assertEquals(0xfe80_0000_0000_0000L, ipv6.high());
        assertEquals(9, ipv6.low());
    }

    @Test
    void aRouteCarriesWhatItWasMadeOf() {
        for (int backend : new int[] {Route.NO_BACKEND, 0, 1, Backend.MAX_COUNT - 1}) {
            for (boolean starts : new boolean[] {false, true}) {
                long proposed = Route.proposed(backend, starts);
                assertEquals(backend, Route.backend(proposed));
                assertEquals(starts, Route.startsConnection(proposed));
                assertFalse(Route.isLearned(proposed));
                assertEquals(0, Route.idLength(proposed));
                for (int length = 0; length <= 20; length++) {
                    long learned = Route.learned(backend, starts, length);
                    assertEquals(backend, Route.backend(learned));
                    assertEquals(starts, Route.startsConnection(learned));
                    assertEquals(length, Route.idLength(learned));
                    assertTrue(Route.isLearned(learned));
                    assertFalse(Route.isDecoded(learned));
                    long decoded = Route.decoded(backend, starts, length);
                    assertEquals(backend, Route.backend(decoded));
                    assertEquals(starts, Route.startsConnection(decoded));
                    assertEquals(length, Route.idLength(decoded));
                    assertTrue(Route.isDecoded(decoded));
                    assertFalse(Route.isLearned(decoded));
                }
            }
        }
    }

    @Test
    void lengthsSeenOnlyGrow() {
        ConnectionIdLengths lengths = new ConnectionIdLengths();
        assertEquals(0, lengths.bits());
        lengths.add(8);
        lengths.add(20);
        lengths.add(8);
        lengths.add(1);
        assertEquals(1 << 8 | 1 << 20 | 1 << 1, lengths.bits());
    }

    private static Pool pool(List<PoolMember> members) {
        return new Pool(
                0, "pool", Balance.FLOW, Pool.LENGTH_LEARNED, new ConnectionIdLengths(), members);
    }
}
