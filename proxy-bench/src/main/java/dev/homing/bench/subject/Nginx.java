package dev.homing.bench.subject;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Pattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// nginx's stream proxy with one process: a socket for each client, hashed by its address.
public record Nginx() implements Subject {

    private static final int FLOWS_MAX = 15_000;

    private static final Path MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

    private static final String CONFIGURATION =
            """
            %s
            worker_processes 1;
            daemon off;
            master_process off;
            pid %s;
            error_log stderr crit;
            events { worker_connections 19000; }
            stream {
                upstream backends {
                    hash $remote_addr$remote_port consistent;
            %s    }
                server {
                    listen 127.0.0.1:%d udp reuseport rcvbuf=4m;
                    proxy_pass backends;
                    proxy_timeout 10m;
                }
            }
            """;

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String description() {
        return "nginx stream: one process, a socket for each client";
    }

    @Override
    public Optional<String> whyNot(Setting setting) {
        if (Tools.find("nginx").isEmpty()) {
            return Optional.of(
                    "not installed: nginx (apt-get install nginx-core libnginx-mod-stream)");
        }
        if (setting.traffic().flows() > FLOWS_MAX) {
            return Optional.of("it has a socket for each client, and files run out");
        }
        return setting.traffic().pattern() == Pattern.MIGRATING
                ? Optional.of("it routes by address, so that whoever moves reaches any backend")
                : Optional.empty();
    }

    @Override
    public Running start(Setting setting) throws IOException {
        Path folder = Files.createTempDirectory("homing-nginx-");
        Path configuration = folder.resolve("nginx.conf");
        int port = Tools.freePort();
        StringBuilder servers = new StringBuilder();
        setting.backendPorts()
                .forEach(backend ->
                        servers.append("        server 127.0.0.1:%d;%n".formatted(backend)));
        Files.writeString(
                configuration,
                CONFIGURATION.formatted(
                        Files.exists(MODULE) ? "load_module " + MODULE + ";" : "",
                        folder.resolve("nginx.pid"),
                        servers,
                        port));
        folder.toFile().deleteOnExit();
        configuration.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(setting.prefix());
        command.addAll(
                List.of(
                        Tools.find("nginx").orElseThrow().toString(),
                        "-c",
                        configuration.toString(),
                        "-p",
                        folder.toString()));
        return new Alternative.Child(ChildProcess.start(name(), command), port, 0);
    }
}
