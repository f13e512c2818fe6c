package dev.homing.control.config;

import dev.homing.control.config.schema.LimitsSchema;
import dev.homing.control.config.source.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// What may begin a connection, and how often. The meaning of each part stands in [LimitsSchema].
///
/// @param total a second; empty for no limit, as the three that follow
/// @param versions empty for any
public record Limits(
        OptionalInt total,
        OptionalInt backend,
        OptionalInt address,
        OptionalInt network,
        int ipv4NetworkBits,
        int ipv6NetworkBits,
        Duration burst,
        boolean checksFirstPackets,
        List<Integer> versions) {

    public Limits {
        versions = List.copyOf(versions);
    }

    static Limits read(Reading limits) {
        return new Limits(
                limits.get(LimitsSchema.TOTAL),
                limits.get(LimitsSchema.BACKEND),
                limits.get(LimitsSchema.ADDRESS),
                limits.get(LimitsSchema.NETWORK),
                limits.get(LimitsSchema.IPV4_NETWORK_BITS),
                limits.get(LimitsSchema.IPV6_NETWORK_BITS),
                limits.get(LimitsSchema.BURST),
                limits.get(LimitsSchema.CHECK_FIRST_PACKETS),
                limits.values(LimitsSchema.VERSIONS).stream()
                        .map(Reading.Located::value)
                        .distinct()
                        .toList());
    }

    void print(Map<String, Object> values) {
        ConfigurationText.put(values, LimitsSchema.TOTAL, total);
        ConfigurationText.put(values, LimitsSchema.BACKEND, backend);
        ConfigurationText.put(values, LimitsSchema.ADDRESS, address);
        ConfigurationText.put(values, LimitsSchema.NETWORK, network);
        ConfigurationText.put(values, LimitsSchema.IPV4_NETWORK_BITS, ipv4NetworkBits);
        ConfigurationText.put(values, LimitsSchema.IPV6_NETWORK_BITS, ipv6NetworkBits);
        ConfigurationText.put(values, LimitsSchema.BURST, burst);
        ConfigurationText.put(values, LimitsSchema.CHECK_FIRST_PACKETS, checksFirstPackets);
        // A list of its own: one that stands twice in the values is printed as an anchor and an
        // alias.
        List<Object> printed = new ArrayList<>();
        versions.forEach(
                version -> printed.add(LimitsSchema.VERSIONS.element().kind().print(version)));
        values.put(LimitsSchema.VERSIONS.name(), printed);
    }
}
