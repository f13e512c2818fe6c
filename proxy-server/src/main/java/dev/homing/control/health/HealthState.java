package dev.homing.control.health;

import dev.homing.control.health.probe.ProbeResult;
import java.net.InetSocketAddress;
import java.util.Map;

/// What is known of one backend address at a moment.
///
/// @param probes how many have ended so, for each result there is
public record HealthState(
        String name, InetSocketAddress address, boolean isDown, Map<ProbeResult, Long> probes) {

    public HealthState {
        probes = Map.copyOf(probes);
    }

    public long probes(ProbeResult result) {
        return probes.getOrDefault(result, 0L);
    }
}
