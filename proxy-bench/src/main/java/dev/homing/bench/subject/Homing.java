package dev.homing.bench.subject;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Homing in one of its shapes, all features on.
///
/// @param receivers dedicated ones; 0 for run to completion
/// @param isWatched whether a [Watcher] reads metrics and a trace while it is measured
public record Homing(String name, int receivers, boolean isWatched) implements Subject {

    private static final int SPARE_SESSIONS = 4096;

    /// Each has as many addresses as there are in 127.64.0.0/14; the clients have 127.16.0.0/16.
    private static final String SOURCE_ADDRESSES = "127.64.0.0/14";

    @Override
    public String description() {
        String shape =
                receivers == 0
                        ? "Homing, run to completion: 1 shard"
                        : "Homing, hand-off: " + receivers + " receiver, 1 shard";
        return isWatched
                ? shape + "; scraped every second, one connection in a thousand traced"
                : shape;
    }

    @Override
    public Optional<String> whyNot(Setting setting) {
        return Optional.empty();
    }

    @Override
    public boolean isWarmedUp() {
        return true;
    }

    @Override
    public Running start(Setting setting) throws IOException {
        return start(setting, Map.of());
    }

    /// Watched and not watched are two states of one process where both are measured: two processes
    /// of one program differ by more than being watched costs.
    @Override
    public Running start(Setting setting, Map<String, Running> others) throws IOException {
        if (isWatched && others.get(Subjects.RUN_TO_COMPLETION) instanceof HomingProcess process) {
            return new WatchedHoming(process, false);
        }
        ChildProcess child =
                ChildProcess.java(
                        name,
                        setting.prefix(),
                        HomingChild.class,
                        settings(setting).toArray(new String[0]));
        try {
            HomingProcess process = HomingProcess.of(child);
            return isWatched ? new WatchedHoming(process, true) : process;
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    private List<String> settings(Setting setting) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < setting.backendPorts().size(); i++) {
            settings.add(
                    "backend=b%d=127.0.0.1:%d".formatted(i + 1, setting.backendPorts().get(i)));
        }
        settings.add("threads.receivers=" + receivers);
        settings.add("threads.shards=1");
        settings.add("pools.default.connection-id-length=" + Wire.CONNECTION_ID_BYTES);
        // Load has no handshakes, so its sessions stay half-open; rounds of others lie between two
        // of this one's.
        settings.add("sessions.half-open-timeout=10m");
        if (setting.traffic().pattern() != Pattern.SOCKETS) {
            int sessions =
                    setting.traffic().pattern() == Pattern.MIGRATING
                            ? 1 << 20
                            : setting.traffic().flows() + SPARE_SESSIONS;
            settings.add("sessions.max=" + sessions);
            settings.add("sessions.half-open-max=" + sessions);
            settings.add("sockets.source-addresses.0=" + SOURCE_ADDRESSES);
        }
        if (setting.traffic().pattern() == Pattern.MIGRATING) {
            String configuration = "pools.default.cid-configs.0.";
            settings.add("pools.default.cid-scheme=quic-lb");
            settings.add(configuration + "config-rotation-bits=0");
            settings.add(configuration + "server-id-length=1");
            settings.add(configuration + "nonce-length=" + Wire.NONCE_BYTES);
            for (int i = 1; i <= setting.backendPorts().size(); i++) {
                String mapping = "pools.default.server-id-mappings." + (i - 1) + ".";
                settings.add(mapping + "server-id=%02x".formatted(i));
                settings.add(mapping + "backend=b" + i);
            }
        }
        return settings;
    }
}
