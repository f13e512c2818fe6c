package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.observe.metrics.reading.HealthReadings;
import dev.homing.route.Backend;
import dev.homing.route.Pool;
import dev.homing.route.RoutingTable;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;

/// Which backends are up, and what speaks for it. Several addresses of one name are one backend
/// here.
record HealthSubject(Books books, Supplier<RoutingTable> routing, HealthReadings health)
        implements Subject {

    @Override
    public void write(Sheet sheet) {
        RoutingTable table = routing.get();
        probed(sheet);
        counted(
                sheet.counter(
                        "homing_backend_answered_sessions_total",
                        "Sessions that began with a client's own choice, and that the backend answered.",
                        "backend"),
                table,
                books::backendAnsweredSessions);
        counted(
                sheet.counter(
                        "homing_backend_unanswered_sessions_total",
                        "Sessions that began with a client's own choice, and expired without any answer.",
                        "backend"),
                table,
                books::backendUnansweredSessions);
        counted(
                sheet.counter(
                        "homing_backend_icmp_errors_total",
                        "How often the network reported the backend's address as unreachable (ICMP).",
                        "backend"),
                table,
                books::backendIcmpErrors);
        panics(sheet, table);
    }

    private void probed(Sheet sheet) {
        TreeMap<String, Boolean> up = new TreeMap<>();
        TreeMap<String, TreeMap<String, Long>> probes = new TreeMap<>();
        for (HealthReadings.Of backend : health.backends().get()) {
            up.merge(backend.backend(), backend.isUp(), Boolean::logicalOr);
            Map<String, Long> sums =
                    probes.computeIfAbsent(backend.backend(), name -> new TreeMap<>());
            backend.probes().forEach((result, count) -> sums.merge(result, count, Long::sum));
        }
        Series isUp =
                sheet.gauge(
                        "homing_backend_up",
                        "1 while the backend is taken for up, 0 while it is down and gets no new connections.",
                        "backend");
        up.forEach((name, is) -> isUp.put(is ? 1 : 0, name));
        Series ended =
                sheet.counter(
                        "homing_health_probes_total",
                        "Probes of a backend, by what became of them.",
                        "backend",
                        "result");
        probes.forEach((name, results) ->
                results.forEach((result, count) -> ended.put(count, name, result)));
    }

    private static void counted(Series series, RoutingTable table, IntToLongFunction count) {
        TreeMap<String, Long> sums = new TreeMap<>();
        for (Backend backend : table.backends()) {
            sums.merge(backend.name(), count.applyAsLong(backend.id()), Long::sum);
        }
        sums.forEach((name, sum) -> series.put(sum, name));
    }

    private void panics(Sheet sheet, RoutingTable table) {
        Set<String> now = health.poolsInPanic().get();
        Series series =
                sheet.gauge(
                        "homing_pool_panic",
                        "1 while so few backends of a pool are up that all of them get new connections.",
                        "pool");
        for (Pool pool : table.pools()) {
            series.put(now.contains(pool.name()) ? 1 : 0, pool.name());
        }
    }
}
