package dev.homing.control.health;

import dev.homing.control.health.probe.ProbeResult;
import java.net.InetSocketAddress;

/// What is known of one backend address at a moment.
///
/// @param probes how many have ended so, by the result's ordinal
@SuppressWarnings("ArrayRecordComponent") // made for one reader, who compares nothing
public record HealthState(String name, InetSocketAddress address, boolean isDown, long[] probes) {

    public long probes(ProbeResult result) {
        return probes[result.ordinal()];
    }
}
