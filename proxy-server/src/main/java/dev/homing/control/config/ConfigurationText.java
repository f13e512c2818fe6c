package dev.homing.control.config;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.schema.LimitsSchema;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.Cidr;
import dev.homing.control.config.value.IpText;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/// Prints a [Configuration] with the names of the schema.
public final class ConfigurationText {

    private ConfigurationText() {}

    static String yaml(Configuration configuration) {
        DumpSettings settings =
                DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setIndent(2)
                        .setIndicatorIndent(2)
                        .setIndentWithIndicator(true)
                        .setSplitLines(false)
                        .build();
        return new Dump(settings).dumpToString(values(configuration));
    }

    /// Maps, lists, texts and whole numbers, in the order of the schema.
    public static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put(
                Schema.LISTENERS.name(),
                configuration.listeners().stream().map(ConfigurationText::listener).toList());
        Map<String, Object> pools = new LinkedHashMap<>();
        configuration.pools().forEach(pool -> pools.put(pool.name(), pool(pool)));
        root.put(Schema.POOLS.name(), pools);
        Map<String, Object> threads = section(root, Schema.THREADS);
        put(threads, Schema.RECEIVERS, configuration.threads().receivers());
        put(threads, Schema.SHARDS, configuration.threads().shards());
        put(threads, Schema.CPUS, configuration.threads().cpus());
        put(section(root, Schema.QUEUES), Schema.QUEUE_CAPACITY, configuration.queues().capacity());
        putSessions(section(root, Schema.SESSIONS), configuration.sessions());
        put(
                section(root, Schema.CONNECTION_IDS),
                Schema.CONNECTION_IDS_MAX,
                configuration.connectionIds().max());
        putSockets(section(root, Schema.SOCKETS), configuration.sockets());
        configuration.limits().print(section(root, LimitsSchema.LIMITS));
        configuration
                .hashKeyFile()
                .ifPresentOrElse(
                        file -> put(root, Schema.HASH_KEY_FILE, file),
                        () ->
                                configuration
                                        .hashKey()
                                        .ifPresent(key -> put(root, Schema.HASH_KEY, key)));
        Map<String, Object> admin = section(root, Schema.ADMIN);
        put(admin, Schema.ADMIN_ADDRESS, configuration.admin().map(ConfigurationText::text));
        admin.put(Schema.ADMIN_NAMES.name(), configuration.adminNames());
        put(section(root, Schema.STOP), Schema.DRAIN_TIMEOUT, configuration.stop().drainTimeout());
        put(section(root, Schema.RELOAD), Schema.WATCH, configuration.reload().watch());
        Map<String, Object> log = section(root, Schema.LOG);
        put(log, Schema.LOG_FORMAT, configuration.log().format());
        put(log, Schema.LOG_LEVEL, configuration.log().level());
        return root;
    }

    private static Map<String, Object> listener(Configuration.Listener listener) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, Schema.LISTENER_ADDRESS, text(listener.address()));
        put(values, Schema.LISTENER_POOL, listener.pool());
        put(values, Schema.LISTENER_STEERING, listener.steering());
        return values;
    }

    private static Map<String, Object> pool(Configuration.Pool pool) {
        Map<String, Object> values = new LinkedHashMap<>();
        put(values, Schema.POOL_BALANCE, pool.balance());
        put(values, Schema.POOL_CONNECTION_ID_LENGTH, pool.connectionIdLength());
        CidText.put(values, pool.cids());
        HealthText.put(values, pool.health());
        List<Object> backends = new ArrayList<>();
        for (Configuration.Backend backend : pool.backends()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            put(entry, Schema.BACKEND_NAME, backend.name());
            put(entry, Schema.BACKEND_ADDRESS, text(backend.address()));
            put(entry, Schema.BACKEND_WEIGHT, backend.weight());
            put(entry, Schema.BACKEND_STATE, backend.state());
            backends.add(entry);
        }
        values.put(Schema.BACKENDS.name(), backends);
        return values;
    }

    private static void putSessions(Map<String, Object> values, Configuration.Sessions sessions) {
        put(values, Schema.SESSIONS_MAX, sessions.max());
        put(values, Schema.SESSIONS_HALF_OPEN_MAX, sessions.halfOpenMax());
        put(values, Schema.SESSIONS_IDLE_TIMEOUT, sessions.idleTimeout());
        put(values, Schema.SESSIONS_HALF_OPEN_TIMEOUT, sessions.halfOpenTimeout());
        put(values, Schema.SESSIONS_ALIASES_MAX, sessions.aliasesMax());
    }

    private static void putSockets(Map<String, Object> values, Configuration.Sockets sockets) {
        put(values, Schema.RECEIVE_BUFFER, sockets.receiveBufferBytes());
        put(values, Schema.SEND_BUFFER, sockets.sendBufferBytes());
        put(values, Schema.TRAINS, sockets.trains());
        put(values, Schema.BUSY_POLL, sockets.busyPoll());
        put(values, Schema.BACKEND_PORTS_MAX, sockets.backendPortsMax());
        values.put(
                Schema.SOURCE_ADDRESSES.name(),
                sockets.sourceAddresses().stream().map(Cidr::toString).toList());
    }

    private static Map<String, Object> section(Map<String, Object> root, Key.Section section) {
        Map<String, Object> values = new LinkedHashMap<>();
        root.put(section.name(), values);
        return values;
    }

    static <T> void put(Map<String, Object> values, Setting<T> setting, T value) {
        values.put(setting.name(), setting.kind().print(value));
    }

    private static AddressText text(InetSocketAddress address) {
        String ip = IpText.print(address.getAddress());
        return new AddressText(IpText.print(address), ip, address.getPort(), address.getPort());
    }
}
