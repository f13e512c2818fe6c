package dev.homing;

import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.value.IpText;
import dev.homing.control.reload.ReloadResult;
import dev.homing.control.reload.Trigger;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// `homing run` in this process, with a configuration file that a test rewrites.
final class RunningService implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 30;

    private final Path file;
    private final Service service;
    private final Thread thread;
    private final ProxyServer proxy;
    private final HttpClient http = HttpClient.newHttpClient();

    /// @param yaml without listeners and admin, which are on free ports of 127.0.0.1
    RunningService(Path folder, String yaml) throws Exception {
        this(folder, yaml, Network.ofThisMachine(waiting -> {}));
    }

    RunningService(Path folder, String yaml, Network network) throws Exception {
        file = folder.resolve("homing.yaml");
        write(yaml);
        service = new Service(() -> read(network));
        Outcome.Accepted first =
                switch (read(network)) {
                    case Outcome.Accepted accepted -> accepted;
                    case Outcome.Refused refused -> throw new AssertionError(refused.problems());
                };
        CompletableFuture<ProxyServer> started = new CompletableFuture<>();
        thread =
                Thread.ofPlatform()
                        .name("service")
                        .start(() -> {
                            try {
                                service.run(first, started::complete);
                            } catch (IOException e) {
                                started.completeExceptionally(e);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        proxy = started.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private Outcome read(Network network) {
        return new ConfigurationLoader(network).load(Sources.of(file.toString(), Map.of()));
    }

    void write(String yaml) {
        try {
            Files.writeString(
                    file,
                    "listeners: [{address: \"127.0.0.1:0\"}]\nadmin: {address: \"127.0.0.1:0\"}\n"
                            + yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As HUP does.
    ReloadResult reload() throws Exception {
        return reload(Trigger.HUP);
    }

    ReloadResult reload(Trigger trigger) throws Exception {
        return service.reload(trigger).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    ReloadResult reload(String yaml) throws Exception {
        write(yaml);
        return reload();
    }

    ProxyServer proxy() {
        return proxy;
    }

    InetSocketAddress address() {
        return proxy.listenAddresses().getFirst();
    }

    String admin() {
        return IpText.print(proxy.adminAddress().orElseThrow());
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    HttpResponse<String> post(String path) throws Exception {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://" + admin() + path);
    }

    /// The names of the backends in the table.
    List<String> backends() {
        return proxy.routing().backends().stream().map(backend -> backend.name()).toList();
    }

    void awaitBackends(String... names) {
        Eventually.holds(
                () -> "the table has " + backends(),
                Eventually.DEADLINE,
                () -> backends().equals(List.of(names)));
    }

    @Override
    public void close() {
        http.close();
        service.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
