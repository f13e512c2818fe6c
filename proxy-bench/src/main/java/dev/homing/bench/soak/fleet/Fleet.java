package dev.homing.bench.soak.fleet;

import dev.homing.bench.soak.plan.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All processes of a run: some servers, and one Homing at a time.
public final class Fleet implements AutoCloseable {

    private final Path folder;
    private final int adminPort;
    private final InetSocketAddress proxy;
    private final List<Server> servers = new ArrayList<>();
    private final ConfigurationFile configuration;
    private @Nullable HomingLife homing;
    private int lives;

    /// @param twist see [ConfigurationFile]
    public Fleet(Path folder, int count, Threads threads, UnaryOperator<String> twist)
            throws IOException {
        this.folder = folder;
        Ports ports = new Ports();
        for (int i = 0; i < count; i++) {
            servers.add(new Server(i, ports.take()));
        }
        int port = ports.take();
        adminPort = ports.take();
        proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        configuration =
                new ConfigurationFile(
                        folder.resolve("homing.yaml"), port, adminPort, servers, threads, twist);
    }

    public void startServers() throws IOException {
        for (Server server : servers) {
            server.begin();
        }
        for (Server server : servers) {
            server.awaitStart();
        }
    }

    /// Begins the next life of Homing, and returns when it takes datagrams.
    public void startHoming() throws IOException, InterruptedException {
        configuration.write();
        lives++;
        if (homing != null) {
            homing.close();
        }
        HomingLife beginning = HomingLife.begin(folder, lives, configuration.file(), adminPort);
        homing = beginning;
        beginning.awaitStart();
    }

    public HomingLife homing() {
        return Objects.requireNonNull(homing, "Homing was not started");
    }

    public ConfigurationFile configuration() {
        return configuration;
    }

    /// Where clients send to. Any thread.
    public InetSocketAddress proxy() {
        return proxy;
    }

    public Server server(int number) {
        return servers.get(number);
    }

    public List<Server> servers() {
        return List.copyOf(servers);
    }

    /// Those of all servers. Any thread.
    public X509Certificate[] trusted() {
        return servers.stream()
                .map(Server::certificate)
                .flatMap(Optional::stream)
                .toArray(X509Certificate[]::new);
    }

    @Override
    public void close() {
        if (homing != null) {
            homing.close();
        }
        servers.forEach(Server::close);
    }
}
