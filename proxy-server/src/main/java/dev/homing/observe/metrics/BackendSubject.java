package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.route.Backend;
import dev.homing.route.RoutingTable;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The backends of the table in force. Several addresses of one name are one backend here.
record BackendSubject(Books books, Supplier<RoutingTable> routing) implements Subject {

    @Override
    public void write(Sheet sheet) {
        TreeMap<String, Long> sessions = new TreeMap<>();
        for (Backend backend : routing.get().backends()) {
            sessions.merge(backend.name(), books.backendSessions(backend.id()), Long::sum);
        }
        Series series =
                sheet.gauge("homing_backend_sessions", "Sessions toward a backend.", "backend");
        sessions.forEach((name, count) -> series.put(count, name));
    }
}
