package dev.homing.observe.metrics;

import dev.homing.observe.machine.Machine;
import dev.homing.observe.metrics.reading.BuildLabels;
import dev.homing.observe.metrics.reading.Readings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Everything that `/metrics` says: what Homing counts, subject by subject, and what Micrometer
/// knows of the JVM and the process. Each series exists from the start, at 0, so that a rate can be
/// taken of the first drop.
public final class Metrics implements AutoCloseable {

    /// Meters of Micrometer's that cost more than they tell. The first asks for all threads once
    /// for each state, with the JVM at a safepoint: datagrams would wait. The others read a dozen
    /// files of the control group for a share of CPU, which the threads' seconds tell better.
    private static final Set<String> LEFT_OUT =
            Set.of("jvm.threads.states", "system.cpu.usage", "process.cpu.usage");

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final List<Subject> subjects;

    public Metrics(Readings readings) {
        subjects =
                List.of(
                        new TrafficSubject(readings.books()),
                        new SocketSubject(
                                readings.sockets(), readings.ports(), readings.allowance()),
                        new ThreadSubject(readings.threads()),
                        new TraceSubject(readings.threads()),
                        new QueueSubject(readings.queues()),
                        new HistogramSubject(readings.books()),
                        new SessionSubject(readings.books(), readings.allowance()),
                        new CidSubject(
                                readings.listeners(), readings.undecoded(), readings.routing()),
                        new BackendSubject(readings.books(), readings.routing()),
                        new HealthSubject(readings.books(), readings.routing(), readings.health()),
                        new ReloadSubject(readings.reloads(), readings.names()));
        MultiCollector collector = this::read;
        registry.getPrometheusRegistry().register(collector);
        process(readings.build());
    }

    /// @param contentType `text/plain` or `application/openmetrics-text`, as the scraper accepts
    public String scrape(String contentType) {
        return registry.scrape(contentType);
    }

    private MetricSnapshots read() {
        Sheet sheet = new Sheet();
        subjects.forEach(subject -> subject.write(sheet));
        return sheet.read();
    }

    private void process(BuildLabels build) {
        registry.config().meterFilter(MeterFilter.deny(id -> LEFT_OUT.contains(id.getName())));
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
        registry.getPrometheusRegistry().register(new MachineMetrics(Machine.here()));
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }
}
