package dev.homing.observe.metrics;

import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.route.Backend;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Everything that `/metrics` says. Each series exists from the start, at 0, so that a rate can be
/// taken of the first drop.
public final class Metrics implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Books books;
    private final Map<Backend, Gauge> gauges = new HashMap<>();

    /// @param backends all that may have sessions
    public Metrics(
            Books books,
            List<QueueGauge> queues,
            List<ListenerGauge> listeners,
            BackendPortGauge backendPorts,
            List<Backend> backends,
            BuildLabels build) {
        this.books = books;
        traffic();
        drops();
        routing();
        queues(queues);
        sessions(backends);
        listeners(listeners);
        backendPorts(backendPorts);
        process(build);
    }

    /// @param contentType `text/plain` or `application/openmetrics-text`, as the scraper accepts
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    private void traffic() {
        for (Side side : Side.values()) {
            counter(
                    "homing.datagrams.received",
                    "Datagrams received.",
                    b -> b.received(side),
                    "side",
                    side.label());
            counter(
                    "homing.bytes.received",
                    "UDP payload received.",
                    b -> b.receivedBytes(side),
                    "side",
                    side.label());
            counter(
                    "homing.datagrams.sent",
                    "Datagrams sent.",
                    b -> b.sent(side),
                    "side",
                    side.label());
            counter(
                    "homing.bytes.sent",
                    "UDP payload sent.",
                    b -> b.sentBytes(side),
                    "side",
                    side.label());
        }
    }

    private void drops() {
        for (Side side : Side.values()) {
            for (DropReason reason : DropReason.values()) {
                counter(
                        "homing.datagrams.dropped",
                        "Datagrams that went no further, by the side they were received from and the reason.",
                        b -> b.dropped(side, reason),
                        "side",
                        side.label(),
                        "reason",
                        reason.label());
            }
        }
    }

    private void routing() {
        for (RouteMethod method : RouteMethod.values()) {
            counter(
                    "homing.routed",
                    "Datagrams of clients by how their backend was found.",
                    b -> b.routed(method),
                    "method",
                    method.label());
        }
        for (Event event : Event.values()) {
            counter(
                    "homing.events",
                    "What happened beside the fate of single datagrams.",
                    b -> b.happened(event),
                    "event",
                    event.label());
        }
    }

    private void queues(List<QueueGauge> queues) {
        for (QueueGauge queue : queues) {
            Gauge.builder("homing.handoff.queue.depth", queue, q -> q.depth().getAsInt())
                    .description("Datagrams that wait between a receiver and a shard.")
                    .tags("receiver", queue.receiver(), "shard", queue.shard())
                    .register(registry);
            Gauge.builder("homing.handoff.queue.capacity", queue, QueueGauge::capacity)
                    .description("Datagrams that may wait between a receiver and a shard.")
                    .tags("receiver", queue.receiver(), "shard", queue.shard())
                    .register(registry);
        }
    }

    private void sessions(List<Backend> backends) {
        for (SessionState state : SessionState.values()) {
            gauge(
                    "homing.sessions",
                    "Sessions by state.",
                    b -> b.sessions(state),
                    "state",
                    state.label());
        }
        gauge("homing.connection.ids", "Connection IDs that are known.", Books::connectionIds);
        followBackends(backends);
    }

    /// From now on these are the backends that have series of their own. One thread at a time.
    public void followBackends(List<Backend> backends) {
        gauges.forEach((backend, gauge) -> {
            if (!backends.contains(backend)) {
                registry.remove(gauge);
            }
        });
        gauges.keySet().retainAll(backends);
        for (Backend backend : backends) {
            gauges.computeIfAbsent(backend, this::sessionsToward);
        }
    }

    private Gauge sessionsToward(Backend backend) {
        return gauge(
                "homing.backend.sessions",
                "Sessions toward a backend.",
                b -> b.backendSessions(backend.id()),
                "backend",
                backend.name());
    }

    private void listeners(List<ListenerGauge> listeners) {
        for (ListenerGauge listener : listeners) {
            FunctionCounter.builder(
                            "homing.listener.kernel.drops",
                            listener,
                            l -> l.kernelDrops().getAsLong())
                    .description(
                            "Datagrams that the kernel dropped at a listening socket before Homing could read them.")
                    .tags("listener", listener.address())
                    .register(registry);
        }
    }

    private void backendPorts(BackendPortGauge ports) {
        Gauge.builder("homing.backend.ports", ports, p -> p.open().getAsInt())
                .description("Sockets toward backends that are open.")
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder(
                        "homing.backend.ports.kernel.drops",
                        ports,
                        p -> p.kernelDrops().getAsLong())
                .description(
                        "Datagrams that the kernel dropped at a socket toward backends before Homing could read them.")
                .register(registry);
    }

    private void process(BuildLabels build) {
        Supplier<Number> one = () -> 1;
        Gauge.builder("homing.build.info", one)
                .description("What is running; always 1.")
                .tags(
                        "version",
                        build.version(),
                        "commit",
                        build.commit(),
                        "java_version",
                        Runtime.version().toString())
                .register(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        gc.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private void counter(
            String name, String description, ToDoubleFunction<Books> count, String... tags) {
        FunctionCounter.builder(name, books, count)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Gauge gauge(
            String name, String description, ToDoubleFunction<Books> value, String... tags) {
        return Gauge.builder(name, books, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
