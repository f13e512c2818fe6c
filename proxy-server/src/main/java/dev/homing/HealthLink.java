package dev.homing;

import dev.homing.control.health.Traffic;
import dev.homing.control.health.Verdicts;
import dev.homing.control.routing.Standing;
import dev.homing.control.routing.TablePublisher;
import dev.homing.datagram.Address;
import dev.homing.ledger.Books;
import dev.homing.route.Backend;
import dev.homing.route.RoutingTable;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the health watch asks of the ledgers, and what it tells the routing tables.
///
/// The thread `health`.
final class HealthLink implements Traffic, Verdicts {

    private static final Logger LOG = LoggerFactory.getLogger("health");

    private final TablePublisher tables;
    private final Books books;
    private Set<String> inPanic = Set.of();

    HealthLink(TablePublisher tables, Books books) {
        this.tables = tables;
        this.books = books;
    }

    @Override
    public long answered(InetSocketAddress backend) {
        return count(backend, books::backendAnsweredSessions);
    }

    @Override
    public long unanswered(InetSocketAddress backend) {
        return count(backend, books::backendUnansweredSessions);
    }

    @Override
    public long icmpErrors(InetSocketAddress backend) {
        return count(backend, books::backendIcmpErrors);
    }

    /// 0 for an address that the table in force does not have.
    private long count(InetSocketAddress address, IntToLongFunction count) {
        Address at = Address.of(address);
        RoutingTable table = tables.feed().latest();
        Backend backend = table.backendAt(at.high(), at.low(), at.port());
        return backend == null ? 0 : count.applyAsLong(backend.id());
    }

    @Override
    public void change(Map<InetSocketAddress, Boolean> isDown) {
        Map<InetSocketAddress, UnaryOperator<Standing>> changes = new HashMap<>();
        isDown.forEach((address, down) -> changes.put(address, stands -> stands.down(down)));
        tables.changeAll(changes);
    }

    @Override
    public void tick() {
        tables.growShares();
        sayPanics(tables.poolsInPanic());
    }

    private void sayPanics(Set<String> now) {
        if (now.equals(inPanic)) {
            return;
        }
        for (String pool : new TreeSet<>(now)) {
            if (!inPanic.contains(pool)) {
                LOG.atWarn()
                        .addKeyValue("pool", pool)
                        .addKeyValue(
                                "remedy",
                                "too few of its backends are up, so all of them get new connections")
                        .log("pool-panic");
            }
        }
        for (String pool : new TreeSet<>(inPanic)) {
            if (!now.contains(pool)) {
                LOG.atInfo().addKeyValue("pool", pool).log("pool-panic-over");
            }
        }
        inPanic = now;
    }
}
