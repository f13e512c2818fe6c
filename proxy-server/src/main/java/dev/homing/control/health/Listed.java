package dev.homing.control.health;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.health.HealthSettings;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/// A backend address as the first pool has it that lists it.
record Listed(String name, HealthSettings settings) {

    static Map<InetSocketAddress, Listed> of(Configuration configuration) {
        Map<InetSocketAddress, Listed> listed = new LinkedHashMap<>();
        for (Configuration.Pool pool : configuration.pools()) {
            for (Configuration.Backend backend : pool.backends()) {
                listed.putIfAbsent(backend.address(), new Listed(backend.name(), pool.health()));
            }
        }
        return listed;
    }
}
