package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import dev.homing.kit.FakePorts;
import dev.homing.kit.Seeded;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceTuplesTest {

    private static final int REST_SECONDS = 30;

    @RegisterExtension final Seeded seeded = new Seeded();

    private final Ledger ledger = new Ledger(100);

    @Test
    void oneAddressNeedsAPortForEachSessionToTheSameBackend() {
        FakePorts ports = new FakePorts(100, ledger);
        SourceTuples tuples = new SourceTuples(ports, SourceAddresses.ANY, SourceAddresses.ANY);
        for (int i = 0; i < 5; i++) {
            assertEquals(i, SourceTuples.port(tuples.take(0, true, 0)));
        }
        for (int i = 0; i < 5; i++) {
            assertEquals(i, SourceTuples.port(tuples.take(1, true, 0)));
        }
        assertEquals(5, ports.opened());
    }

    @Test
    void aBlockOfAddressesNeedsOnePort() {
        FakePorts ports = new FakePorts(100, ledger);
        SourceTuples tuples = new SourceTuples(ports, block(0x0ac80000, 256), SourceAddresses.ANY);
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            assertTrue(taken.add(tuples.take(0, true, 0)));
        }
        assertEquals(1, ports.opened());
        tuples.take(0, true, 0);
        assertEquals(2, ports.opened());
    }

    @Test
    void familiesHavePortsOfTheirOwn() {
        FakePorts ports = new FakePorts(100, ledger);
        SourceTuples tuples = new SourceTuples(ports, block(0x0ac80000, 2), SourceAddresses.ANY);
        long ipv4 = tuples.take(0, true, 0);
        long ipv6 = tuples.take(1, false, 0);
        assertNotEquals(SourceTuples.port(ipv4), SourceTuples.port(ipv6));
        assertTrue(ports.isIpv4(SourceTuples.port(ipv4)));
        assertTrue(!ports.isIpv4(SourceTuples.port(ipv6)));
        tuples.release(0, ipv4, 0);
        tuples.release(1, ipv6, 0);
        assertEquals(ipv4, tuples.take(0, true, REST_SECONDS));
        assertEquals(ipv6, tuples.take(1, false, REST_SECONDS));
    }

    @Test
    void aReleasedTupleRestsWhileOthersAreLeft() {
        FakePorts ports = new FakePorts(2, ledger);
        SourceTuples tuples = new SourceTuples(ports, SourceAddresses.ANY, SourceAddresses.ANY);
        long first = tuples.take(0, true, 0);
        tuples.release(0, first, 100);
        long second = tuples.take(0, true, 100 + REST_SECONDS - 1);
        assertNotEquals(first, second);
        assertEquals(first, tuples.take(0, true, 100 + REST_SECONDS));
    }

    /// A tuple that has not rested is better than none.
    @Test
    void aTupleIsTakenBeforeItsRestWhenTheBudgetIsSpent() {
        FakePorts ports = new FakePorts(1, ledger);
        SourceTuples tuples = new SourceTuples(ports, SourceAddresses.ANY, SourceAddresses.ANY);
        long only = tuples.take(0, true, 0);
        assertEquals(SourceTuples.NONE, tuples.take(0, true, 0));
        tuples.release(0, only, 0);
        assertEquals(only, tuples.take(0, true, 0));
        assertTrue(ledger.happened(Event.BACKEND_PORT_REFUSED) > 0);
        assertEquals(only, tuples.take(1, true, 0), "another backend has the same tuples");
    }

    @Test
    void agreesWithAModel() {
        SplittableRandom random = seeded.random();
        FakePorts ports = new FakePorts(12, ledger);
        SourceTuples tuples = new SourceTuples(ports, block(0x0ac80000, 5), block(0x0ac80000, 3));
        Map<Integer, List<Long>> live = new HashMap<>();
        Map<List<Object>, Integer> releasedAt = new HashMap<>();
        int nowSeconds = 0;
        for (int step = 0; step < 100_000; step++) {
            nowSeconds += random.nextInt(3) == 0 ? random.nextInt(4) : 0;
            int backend = random.nextInt(40);
            boolean isIpv4 = backend % 2 == 0;
            List<Long> own = live.computeIfAbsent(backend, unseen -> new ArrayList<>());
            boolean isFull = step / 5_000 % 2 == 0;
            if (own.isEmpty() || random.nextInt(10) < (isFull ? 9 : 2)) {
                int opened = ports.opened();
                long tuple = tuples.take(backend, isIpv4, nowSeconds);
                if (tuple == SourceTuples.NONE) {
                    assertEquals(tuplesOf(ports, isIpv4), own.size());
                    continue;
                }
                assertTrue(!own.contains(tuple), "taken twice");
                assertEquals(isIpv4, ports.isIpv4(SourceTuples.port(tuple)));
                assertTrue(SourceTuples.address(tuple) < (isIpv4 ? 5 : 3));
                Integer released = releasedAt.remove(List.of(backend, tuple));
                if (released != null && nowSeconds - released < REST_SECONDS) {
                    assertEquals(12, ports.opened(), "not rested though ports are left");
                }
                if (ports.opened() > opened) {
                    for (int at : releasesOf(releasedAt, backend)) {
                        assertTrue(nowSeconds - at < REST_SECONDS, "opened without need");
                    }
                }
                own.add(tuple);
            } else {
                long tuple = own.remove(random.nextInt(own.size()));
                tuples.release(backend, tuple, nowSeconds);
                releasedAt.put(List.of(backend, tuple), nowSeconds);
            }
        }
        assertEquals(12, ports.opened());
    }

    private static List<Integer> releasesOf(Map<List<Object>, Integer> releasedAt, int backend) {
        return releasedAt.entrySet().stream()
                .filter(entry -> entry.getKey().getFirst().equals(backend))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static int tuplesOf(FakePorts ports, boolean isIpv4) {
        int count = 0;
        for (int port = 0; port < ports.opened(); port++) {
            count += ports.isIpv4(port) == isIpv4 ? isIpv4 ? 5 : 3 : 0;
        }
        return count;
    }

    private static SourceAddresses block(int firstIpv4, int count) {
        return SourceAddresses.of(new SourceAddresses.Block(0, Address.mapped(firstIpv4), count));
    }
}
