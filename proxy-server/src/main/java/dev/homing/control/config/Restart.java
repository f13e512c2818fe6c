package dev.homing.control.config;

import dev.homing.control.config.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Which changes of a configuration cannot be made while Homing runs: those of sockets, threads and
/// the memory that is laid out at start.
public final class Restart {

    private Restart() {}

    /// The keys whose change needs a restart, in the order of the schema; empty if none does.
    public static List<String> keysChanged(Configuration old, Configuration changed) {
        List<String> keys = new ArrayList<>();
        if (!old.listeners().stream()
                .map(Configuration.Listener::address)
                .toList()
                .equals(
                        changed.listeners().stream()
                                .map(Configuration.Listener::address)
                                .toList())) {
            keys.add(Schema.LISTENERS.name());
        }
        if (!old.hashKey().equals(changed.hashKey())) {
            keys.add(Schema.HASH_KEY.name());
        }
        Map<String, Object> before = ConfigurationText.values(old);
        Map<String, Object> after = ConfigurationText.values(changed);
        for (String section :
                List.of(
                        Schema.THREADS.name(),
                        Schema.QUEUES.name(),
                        Schema.SESSIONS.name(),
                        Schema.CONNECTION_IDS.name(),
                        Schema.SOCKETS.name(),
                        Schema.ADMIN.name(),
                        Schema.LOG.name())) {
            if (!Objects.equals(before.get(section), after.get(section))) {
                keys.add(section);
            }
        }
        return keys;
    }
}
