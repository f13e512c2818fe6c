package dev.homing.control.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.Configuration;
import dev.homing.route.BackendState;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Who gets how much of the new connections while it starts slowly, and when too few are up.
class SlowStartsTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final InetSocketAddress A = address(1);

    private long nowNs = Long.MAX_VALUE - SECOND_NS; // overflows on the way
    private final TablePublisher publisher = new TablePublisher(slow(3), () -> nowNs);

    private static InetSocketAddress address(int number) {
        return new InetSocketAddress("10.0.0." + number, 443);
    }

    /// Backends `b1` and so on, that take 10 s to start.
    private static Configuration slow(int backends) {
        return Configured.backends(
                List.of("pools.default.slow-start=10s"), names(backends).toArray(new String[0]));
    }

    private static List<String> names(int backends) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= backends; i++) {
            names.add("b" + i + "=10.0.0." + i + ":443");
        }
        return names;
    }

    private RoutingTable table() {
        return publisher.feed().latest();
    }

    private PoolMember member(int number) {
        return table().pools().getFirst().members().get(number - 1);
    }

    /// Of the new connections, relative to another backend.
    private double share(int number, int other) {
        Pool pool = table().pools().getFirst();
        return (double) pool.maglev().entriesOf(member(number).backend().id())
                / pool.maglev().entriesOf(member(other).backend().id());
    }

    private void change(UnaryOperator<Standing> change) {
        publisher.change(A, change);
    }

    private void pass(double seconds) {
        nowNs += (long) (seconds * SECOND_NS);
        publisher.growShares();
    }

    @Test
    void nobodyStartsSlowlyWhenHomingStarts() {
        assertEquals(1, share(1, 2), 0.01);
        RoutingTable first = table();
        pass(1);
        assertSame(first, table(), "nothing changes, nothing is published");
    }

    @Test
    void whoJoinsBeginsWithATenthAndGrowsInTenSteps() {
        publisher.change(slow(4));
        assertEquals(0.1, share(4, 1), 0.01);
        long first = table().number();
        double before = 0.1;
        for (int tenth = 1; tenth <= 100; tenth++) {
            pass(0.1);
            double share = share(4, 1);
            assertTrue(share >= before - 0.02, share + " after " + before);
            before = share;
        }
        assertEquals(1, share(4, 1), 0.01);
        assertEquals(9, table().number() - first, "a handful of tables");
        assertEquals(1, member(1).weight(), "as if nothing had been");
    }

    @Test
    void whoComesUpAgainAndWhoIsActivatedStartToo() {
        List<UnaryOperator<Standing>> away =
                List.of(stands -> stands.down(true), stands -> stands.drained(true));
        for (UnaryOperator<Standing> goes : away) {
            change(goes);
            assertEquals(0, share(1, 2));
            pass(1);
            change(stands -> stands.down(false).drained(false));
            assertEquals(0.1, share(1, 2), 0.01);
            pass(5);
            assertEquals(0.5, share(1, 2), 0.01);
            pass(5);
            assertEquals(1, share(1, 2), 0.01);
        }
    }

    @Test
    void whoGoesAwayInBetweenStartsAgain() {
        publisher.change(slow(4));
        pass(5);
        publisher.change(address(4), stands -> stands.down(true));
        pass(2);
        publisher.change(address(4), stands -> stands.down(false));
        assertEquals(0.1, share(4, 1), 0.01);
        publisher.change(slow(3));
        pass(20);
        publisher.change(slow(4));
        assertEquals(0.1, share(4, 1), 0.01);
    }

    @Test
    void withoutSlowStartEverybodyBeginsAtOnce() {
        publisher.change(Configured.backends(names(4).toArray(new String[0])));
        assertEquals(1, share(4, 1), 0.01);
    }

    // Panic.

    private void down(int... numbers) {
        for (int number : numbers) {
            publisher.change(address(number), stands -> stands.down(true));
        }
    }

    @Test
    void allAreUsedWhenFewerThanHalfAreUp() {
        publisher.change(Configured.backends(names(4).toArray(new String[0])));
        down(1, 2);
        assertEquals(BackendState.DOWN, member(1).state());
        assertEquals(Set.of(), publisher.poolsInPanic());

        down(3);
        for (int number = 1; number <= 4; number++) {
            assertEquals(BackendState.ACTIVE, member(number).state());
        }
        assertEquals(Set.of("default"), publisher.poolsInPanic());

        publisher.change(address(3), stands -> stands.down(false));
        assertEquals(BackendState.DOWN, member(1).state());
        assertEquals(Set.of(), publisher.poolsInPanic());
    }

    @Test
    void panicBringsBackNoneThatIsDraining() {
        publisher.change(Configured.backends(names(3).toArray(new String[0])));
        publisher.change(address(1), stands -> stands.drained(true));
        down(1, 2, 3);
        assertEquals(BackendState.DRAINING, member(1).state());
        assertEquals(BackendState.ACTIVE, member(2).state());
    }

    @Test
    void withoutAThresholdNobodyIsUsedThatIsDown() {
        publisher.change(
                Configured.backends(
                        List.of("pools.default.health.panic-threshold=0"),
                        names(2).toArray(new String[0])));
        down(1, 2);
        assertEquals(BackendState.DOWN, member(1).state());
        assertEquals(BackendState.DOWN, member(2).state());
    }
}
