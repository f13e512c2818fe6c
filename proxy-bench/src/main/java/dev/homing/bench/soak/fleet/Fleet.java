package dev.homing.bench.soak.fleet;

import dev.homing.bench.soak.plan.Source;
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

    private static final int COUNT = 5;

    private final Path folder;
    private final int adminPort;
    private final InetSocketAddress proxy;
    private final List<Server> servers = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();
    private final ConfigurationFiles configuration;
    private final NameServer names = new NameServer();

    /// What stands before Homing's command.
    private final List<String> prefix;

    private @Nullable HomingLife homing;
    private int lives;

    /// @param twist see [ConfigurationFiles]
    public Fleet(Path folder, Threads threads, UnaryOperator<String> twist) throws IOException {
        this.folder = folder;
        Optional<List<String>> own =
                OwnResolvConf.prefix(folder.resolve("resolv.conf"), names.port());
        prefix = own.orElse(List.of());
        Ports ports = new Ports();
        for (int i = 0; i < COUNT; i++) {
            Source source =
                    switch (COUNT - i) {
                        case 1 -> own.isPresent() ? Source.NAME : Source.CONFIGURATION;
                        case 2 -> Source.FILE;
                        default -> Source.CONFIGURATION;
                    };
            Server server = new Server(i, ports.take());
            servers.add(server);
            sources.add(source);
            listings.add(new Listing(server, source));
        }
        int port = ports.take();
        adminPort = ports.take();
        proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        configuration = new ConfigurationFiles(folder, port, adminPort, listings, threads, twist);
    }

    /// Where Homing knows each server from.
    public List<Source> sources() {
        return List.copyOf(sources);
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
        tellNames();
        healNames();
        lives++;
        if (homing != null) {
            homing.close();
        }
        HomingLife beginning =
                HomingLife.begin(prefix, folder, lives, configuration.path(), adminPort);
        homing = beginning;
        beginning.awaitStart();
    }

    /// The one that a name stands for; there may be none.
    public Server named() {
        return servers.get(sources.indexOf(Source.NAME));
    }

    /// Has the name server say what is to hold.
    public void tellNames() {
        listings.stream()
                .filter(listing -> listing.isFrom(Source.NAME))
                .forEach(listing -> names.put(listing.dnsName(), listing.ip()));
    }

    /// @param isSilent whether it says nothing at all, instead of that it has failed
    public void failNames(boolean isSilent) {
        names.be(isSilent ? NameServer.Mood.SILENT : NameServer.Mood.FAILING);
    }

    public void healNames() {
        names.be(NameServer.Mood.GOOD);
    }

    /// The addresses that new connections may be sent to and at which nobody is.
    public List<String> deadAddresses() {
        List<String> dead = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            if (!servers.get(i).isUp() || listings.get(i).isElsewhere()) {
                dead.add(listings.get(i).address());
            }
        }
        return dead;
    }

    /// Those whose connections nothing but the memory of this life of Homing leads to.
    public List<Server> remembered() {
        return servers.stream()
                .filter(server -> !listings.get(servers.indexOf(server)).hasServerId())
                .toList();
    }

    public HomingLife homing() {
        return Objects.requireNonNull(homing, "Homing was not started");
    }

    public ConfigurationFiles configuration() {
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
        names.close();
    }
}
