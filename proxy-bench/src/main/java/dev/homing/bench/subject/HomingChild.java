package dev.homing.bench.subject;

import com.sun.management.ThreadMXBean;
import dev.homing.ProxyServer;
import dev.homing.bench.load.Values;
import dev.homing.bench.measure.ResidentMemory;
import dev.homing.command.Json;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.ledger.Books;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.SessionState;
import dev.homing.ledger.Side;
import dev.homing.observe.log.EventLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Homing as it is shipped, in a process that answers questions about itself. Its arguments are
/// listeners, backends and settings: `-l ADDRESS`, `-b NAME=ADDRESS`, `KEY=VALUE`. Reads one
/// question a line from standard input, and ends with it.
///
/// ```
///                        {"port":40123,"admin":40124}                          when datagrams are forwarded
/// {"do":"account"}       {"drops":{…},"allocated":…,"sessions":…,"missing":0}
/// {"do":"memory"}        {"heap":…,"outsideHeap":…}                            after a collection
/// ```
public final class HomingChild {

    private final ProxyServer server;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private HomingChild(ProxyServer server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException {
        EventLog.start(false, "error");
        try (ProxyServer server = ProxyServer.start(configuration(arguments))) {
            HomingChild child = new HomingChild(server);
            say(
                    Map.of(
                            "port", server.listenAddresses().getFirst().getPort(),
                            "admin", server.adminAddress().orElseThrow().getPort()));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(child.obey(Values.read(line)));
            }
        }
    }

    private static void say(Map<String, Object> answer) {
        System.out.println(Json.line(answer));
        System.out.flush();
    }

    private static Configuration configuration(String... arguments) {
        List<String> backends = new java.util.ArrayList<>();
        List<String> settings = new java.util.ArrayList<>();
        // The stations count what comes, and take it for the load.
        settings.add("pools.default.health.probe=always-up");
        for (String argument : arguments) {
            if (argument.startsWith("backend=")) {
                backends.add(argument.substring("backend=".length()));
            } else {
                settings.add(argument);
            }
        }
        Sources sources =
                new Sources(
                        Optional.empty(),
                        Map.of(),
                        List.of("127.0.0.1:0"),
                        backends,
                        List.of(new Sources.NamedOption("--admin", "admin.address", "127.0.0.1:0")),
                        settings);
        return switch (new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(sources)) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused ->
                    throw new IllegalStateException(refused.problems().toString());
        };
    }

    private Map<String, Object> obey(Map<String, Object> question) throws IOException {
        return switch (Values.text(question, "do")) {
            case "account" -> account();
            case "memory" -> memory();
            default -> throw new IllegalArgumentException("no such question: " + question);
        };
    }

    private Map<String, Object> account() {
        Books books = server.books();
        Map<String, Object> drops = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            long count = books.dropped(Side.CLIENT, reason) + books.dropped(Side.BACKEND, reason);
            if (count > 0) {
                drops.put(reason.label(), count);
            }
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("drops", drops);
        answer.put("allocated", allocatedBytes());
        answer.put(
                "sessions",
                books.sessions(SessionState.ESTABLISHED) + books.sessions(SessionState.HALF_OPEN));
        answer.put("missing", books.missing(Side.CLIENT) + books.missing(Side.BACKEND));
        return answer;
    }

    /// Of receivers and shards.
    private long allocatedBytes() {
        long bytes = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null
                    && (thread.getThreadName().startsWith("recv-")
                            || thread.getThreadName().startsWith("shard-"))) {
                bytes += threads.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return bytes;
    }

    private static Map<String, Object> memory() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return Map.of("heap", heap, "outsideHeap", ResidentMemory.outsideHeapBytes());
    }
}
