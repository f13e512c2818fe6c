package dev.homing;

import dev.homing.command.Json;
import dev.homing.command.ProblemValues;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationText;
import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import dev.homing.control.reload.ReloadHistory;
import dev.homing.control.reload.ReloadResult;
import dev.homing.control.routing.TablePublisher;
import dev.homing.observe.http.AdminServer;
import dev.homing.observe.http.Deed;
import dev.homing.observe.http.Health;
import dev.homing.observe.metrics.Metrics;
import dev.homing.observe.path.Reference;
import dev.homing.observe.trace.Names;
import dev.homing.route.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the admin address shows and does, wired to what it is about.
final class AdminDoor {

    private static final int OK = 200;
    private static final int CONFLICT = 409;

    private final DataPlane dataPlane;
    private final TablePublisher tables;
    private final ReloadHistory reloads;
    private final Surroundings around;
    private final BackendPages backends;

    AdminDoor(
            DataPlane dataPlane,
            TablePublisher tables,
            ReloadHistory reloads,
            Surroundings around) {
        this.dataPlane = dataPlane;
        this.tables = tables;
        this.reloads = reloads;
        this.around = around;
        backends = new BackendPages(tables, dataPlane.books());
    }

    /// Null if the configuration wants none.
    @Nullable AdminServer open(Metrics metrics) throws IOException {
        Configuration configuration = tables.configuration();
        return configuration.admin().isEmpty()
                ? null
                : AdminServer.open(
                        configuration.admin().get(),
                        metrics::scrape,
                        () -> Health.good("alive"),
                        this::readiness,
                        Map.of(
                                "/config.json",
                                () -> Json.line(ConfigurationText.values(tables.configuration())),
                                "/reference.json",
                                () -> Json.line(Reference.values()),
                                "/backends",
                                backends::all),
                        traces(configuration)::begin,
                        this::deed,
                        names(configuration));
    }

    /// Those that are configured, and the machine's own.
    private static List<String> names(Configuration configuration) {
        List<String> names = new ArrayList<>(configuration.adminNames());
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // The machine has a name that its resolver does not know, and nobody can use that one.
            assert e.getMessage() != null;
        }
        return names;
    }

    private Traces traces(Configuration configuration) {
        List<InetSocketAddress> listeners = new ArrayList<>();
        for (int i = 0; i < configuration.listeners().size(); i++) {
            listeners.add(Instruments.boundAddress(configuration, dataPlane.listening().get(i), i));
        }
        Names names =
                new Names(
                        listeners,
                        id -> {
                            Backend backend = tables.feed().latest().backend(id);
                            return backend == null ? null : backend.name();
                        });
        return new Traces(dataPlane.traceFeed(), dataPlane.tracedThreads(), names);
    }

    private Health readiness() {
        Health health =
                tables.feed().latest().acceptsNewConnections()
                        ? Health.good("ready")
                        : Health.bad("draining: no new connections are taken");
        List<Health.Detail> details = new ArrayList<>();
        details.add(lastReload());
        details.addAll(panics());
        return health.with(details);
    }

    /// Such a pool still takes connections, so readiness stays as it is.
    private List<Health.Detail> panics() {
        return tables.poolsInPanic().stream()
                .sorted()
                .map(pool ->
                        new Health.Detail(
                                false,
                                "pool " + pool,
                                "too few of its backends are up, so all of them are used"))
                .toList();
    }

    private Health.Detail lastReload() {
        ReloadHistory.State state = reloads.state();
        return state.refusal()
                .map(refusal ->
                        new Health.Detail(
                                false,
                                "configuration",
                                "refused since %s, and the one before is in force; problems: %d, the first: %s"
                                        .formatted(
                                                refusal.since(),
                                                refusal.problems(),
                                                refusal.first())))
                .orElseGet(() ->
                        new Health.Detail(
                                true, "configuration", "in force, found good " + state.lastGood()));
    }

    private Optional<Deed> deed(String path) {
        return path.equals("/config/reload")
                ? Optional.of(() -> around.reload().get().thenApply(AdminDoor::done))
                : backends.deed(path);
    }

    private static Deed.Done done(ReloadResult result) {
        Map<String, Object> values = new LinkedHashMap<>();
        return switch (result) {
            case ReloadResult.Applied(List<String> changes, long table, List<Warning> warnings) -> {
                values.put("result", "applied");
                values.put("table", table);
                values.put("changes", changes);
                yield done(OK, values, warnings);
            }
            case ReloadResult.Unchanged(List<Warning> warnings) -> {
                values.put("result", "unchanged");
                values.put("changes", List.of());
                yield done(OK, values, warnings);
            }
            case ReloadResult.Refused(List<Problem> problems, List<Warning> warnings) -> {
                values.put("result", "refused");
                values.put("problems", problems.stream().map(ProblemValues::of).toList());
                yield done(CONFLICT, values, warnings);
            }
        };
    }

    private static Deed.Done done(int status, Map<String, Object> values, List<Warning> warnings) {
        values.put("warnings", warnings.stream().map(ProblemValues::of).toList());
        return new Deed.Done(status, Json.line(values) + "\n");
    }
}
