package dev.homing.control.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Configuration;
import dev.homing.route.BackendState;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablePublisherTest {

    private static final InetSocketAddress A = new InetSocketAddress("10.0.0.1", 443);
    private static final InetSocketAddress B = new InetSocketAddress("10.0.0.2", 443);

    private final TablePublisher publisher =
            new TablePublisher(Configured.backends("a=10.0.0.1:443", "b=10.0.0.2:443"));

    private RoutingTable table() {
        return publisher.feed().latest();
    }

    private PoolMember member(String name) {
        return table().pools().getFirst().members().stream()
                .filter(member -> member.backend().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachChangeMakesOneTableWithAGreaterNumber() {
        long first = table().number();

        publisher.changeAll(
                Map.of(
                        A, standing -> standing.drained(true),
                        B, standing -> standing.withShare(0.5)));
        assertEquals(first + 1, table().number());
        publisher.change(Configured.backends("a=10.0.0.1:443"));
        assertEquals(first + 2, table().number());
    }

    @Test
    void whatChangesNothingMakesNoTable() {
        RoutingTable before = table();

        publisher.change(A, standing -> standing.down(false).drained(false).withShare(1));

        assertSame(before, table());
    }

    @Test
    void drainedAndDownBackendsTakeNoNewConnectionsAndStay() {
        publisher.change(Configured.backends("a=10.0.0.1:443", "b=10.0.0.2:443", "c=10.0.0.3:443"));
        publisher.change(A, standing -> standing.drained(true));
        publisher.change(B, standing -> standing.down(true));

        assertEquals(BackendState.DRAINING, member("a").state());
        assertEquals(BackendState.DOWN, member("b").state());
        assertFalse(member("b").acceptsNewConnections());
        assertEquals(3, table().backends().size());

        publisher.change(A, standing -> standing.drained(false));
        publisher.change(B, standing -> standing.down(false));
        assertTrue(member("a").acceptsNewConnections());
        assertTrue(member("b").acceptsNewConnections());
    }

    @Test
    void aDrainSurvivesAReloadButNotTheRemovalOfItsBackend() {
        publisher.change(A, standing -> standing.drained(true));

        publisher.change(Configured.backends("a=10.0.0.1:443,weight=3", "c=10.0.0.3:443"));
        assertFalse(member("a").acceptsNewConnections());

        publisher.change(Configured.backends("c=10.0.0.3:443"));
        publisher.change(Configured.backends("a=10.0.0.1:443", "c=10.0.0.3:443"));
        assertTrue(member("a").acceptsNewConnections());
    }

    @Test
    void aShareOfTheWeightGivesThatShareOfNewConnections() {
        publisher.change(A, standing -> standing.withShare(0.25));

        Pool pool = table().pools().getFirst();
        double share = pool.maglev().entriesOf(member("a").backend().id());
        double whole = pool.maglev().entriesOf(member("b").backend().id());
        assertEquals(0.25, share / whole, 0.01);
    }

    @Test
    void theSmallestShareOfAWeightIsSomeOfItAndNoShareIsNone() {
        publisher.change(A, standing -> standing.withShare(0.000_1));
        assertTrue(member("a").weight() > 0);

        publisher.change(A, standing -> standing.withShare(0));
        assertEquals(0, member("a").weight());
    }

    @Test
    void nothingIsNotedOfAnAddressThatNoPoolHas() {
        RoutingTable before = table();
        InetSocketAddress stranger = new InetSocketAddress("10.0.0.9", 443);

        assertFalse(publisher.change(stranger, standing -> standing.drained(true)));
        assertTrue(publisher.change(A, standing -> standing));

        assertSame(before, table());
        assertEquals(Standing.GOOD, publisher.standing(stranger));
    }

    @Test
    void refusedConnectionsStayRefusedWhateverChanges() {
        publisher.refuseNewConnections();
        assertFalse(table().acceptsNewConnections());

        publisher.change(Configured.backends("c=10.0.0.3:443"));
        assertFalse(table().acceptsNewConnections());
    }

    @Test
    void followersSeeEachTableBeforeItIsPublished() {
        List<Long> followed = new ArrayList<>();
        List<Long> published = new ArrayList<>();
        publisher.follow((configuration, table) -> {
            followed.add(table.number());
            published.add(table().number());
        });
        long first = table().number();

        publisher.change(A, standing -> standing.drained(true));

        assertEquals(List.of(first, first + 1), followed);
        assertEquals(List.of(first, first), published);
    }

    @Test
    void backendsKeepTheirNumbersAndUnchangedPoolsTheirTables() {
        Pool pool = table().pools().getFirst();
        int id = member("b").backend().id();

        Configuration same = Configured.backends("a=10.0.0.1:443", "b=10.0.0.2:443");
        publisher.change(same);
        assertSame(pool, table().pools().getFirst());

        publisher.change(Configured.backends("c=10.0.0.3:443", "b=10.0.0.2:443"));
        assertEquals(id, member("b").backend().id());
    }

    @Test
    void aBackendThatHasLeftStaysDrainingWhileItHasSessions() {
        int id = member("a").backend().id();
        publisher.change(Configured.backends("b=10.0.0.2:443"));

        assertEquals(BackendState.DRAINING, member("a").state());
        assertEquals(id, member("a").backend().id());
        assertEquals(0, table().pools().getFirst().maglev().entriesOf(id));

        publisher.forgetLeft(backend -> 0);
        assertEquals(2, table().backends().size(), "datagrams may still be on their way");
    }

    @Test
    void aBackendThatComesBackTakesNewConnectionsAtOnce() {
        publisher.change(Configured.backends("b=10.0.0.2:443"));
        publisher.change(Configured.backends("a=10.0.0.1:443", "b=10.0.0.2:443"));

        assertTrue(member("a").acceptsNewConnections());
        assertEquals(2, table().pools().getFirst().members().size());
    }

    @Test
    void whoHasLeftIsForgottenAfterAWhileAndNotBeforeItsSessions() {
        Leaving leaving = new Leaving();
        Configuration before = publisher.configuration();
        Configuration after = Configured.backends("b=10.0.0.2:443");
        leaving.change(before, after, 0);

        assertFalse(leaving.forget(address -> false, Leaving.STAYS_NS - 1));
        assertFalse(leaving.forget(address -> true, Leaving.STAYS_NS));
        assertEquals(1, leaving.of("default").size());
        assertTrue(leaving.forget(address -> false, Leaving.STAYS_NS));
        assertTrue(leaving.isEmpty());
    }

    @Test
    void ofNewConnectionsHardlyMoreMoveThanMust() {
        String[] ten =
                IntStream.range(0, 10)
                        .mapToObj(i -> "s%d=10.0.1.%d:443".formatted(i, i))
                        .toArray(String[]::new);
        publisher.change(Configured.backends(ten));
        Pool before = table().pools().getFirst();
        publisher.change(Configured.backends(Arrays.copyOf(ten, 9)));
        Pool after = table().pools().getFirst();

        int gone = 0;
        int moved = 0;
        int samples = 100_000;
        for (int i = 0; i < samples; i++) {
            long hash = Long.MAX_VALUE / samples * 2 * i;
            int old = before.pick(hash);
            if (old == member("s9").backend().id()) {
                gone++;
            } else if (old != after.pick(hash)) {
                moved++;
            }
        }
        assertEquals(samples / 10.0, gone, samples / 100.0);
        // Maglev, section 5.3: a removal moves a few of the others too.
        assertTrue(
                moved < samples / 20, moved + " of " + samples + " moved beside those that must");
    }
}
