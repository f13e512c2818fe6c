package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The backends of the table in force. Several addresses of one name are one backend here.
record BackendSubject(Books books, Supplier<RoutingTable> routing) implements Subject {

    @Override
    public void write(Sheet sheet) {
        RoutingTable table = routing.get();
        sessions(sheet, table);
        states(sheet, table);
    }

    private void sessions(Sheet sheet, RoutingTable table) {
        TreeMap<String, Long> sessions = new TreeMap<>();
        for (Backend backend : table.backends()) {
            sessions.merge(backend.name(), books.backendSessions(backend.id()), Long::sum);
        }
        Series series =
                sheet.gauge("homing_backend_sessions", "Sessions toward a backend.", "backend");
        sessions.forEach((name, count) -> series.put(count, name));
    }

    private static void states(Sheet sheet, RoutingTable table) {
        TreeMap<String, BackendState> states = new TreeMap<>();
        for (Pool pool : table.pools()) {
            for (PoolMember member : pool.members()) {
                states.merge(member.backend().name(), member.state(), BackendSubject::better);
            }
        }
        Series series =
                sheet.gauge(
                        "homing_backend_state",
                        "1 for the state that a backend is in, 0 for the others; of several pools, the one that takes the"
                                + " most.",
                        "backend",
                        "state");
        states.forEach((name, is) -> {
            for (BackendState state : BackendState.values()) {
                series.put(state == is ? 1 : 0, name, state.name().toLowerCase(Locale.ROOT));
            }
        });
    }

    private static BackendState better(BackendState one, BackendState other) {
        return one.compareTo(other) < 0
                ? one
                : other; // they stand in the order of how much they take
    }
}
