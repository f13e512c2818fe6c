package dev.homing.control.config.schema;

import dev.homing.control.config.schema.Key.ListOf;
import dev.homing.control.config.schema.Key.Section;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.Numbers;
import dev.homing.control.config.value.QuicVersions;
import dev.homing.control.config.value.Words;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// The keys that say what may begin a connection, and how often.
public final class LimitsSchema {

    private static final int MOST_PER_SECOND = 1_000_000;
    private static final int MOST_OF_A_SOURCE = 100_000;

    public static final Setting<OptionalInt> TOTAL =
            rate(
                    "new-connections-per-second",
                    MOST_PER_SECOND,
                    "New connections a second in all. A flood of forged addresses uses them up as honest clients do:"
                            + " it protects the backends.");
    public static final Setting<OptionalInt> BACKEND =
            rate(
                    "backend-new-connections-per-second",
                    MOST_PER_SECOND,
                    "New connections a second toward each backend. What is beyond is dropped, not sent to another one:"
                            + " the client asks again.");
    public static final Setting<OptionalInt> ADDRESS =
            rate(
                    "address-new-connections-per-second",
                    MOST_OF_A_SOURCE,
                    "New connections a second from each client address: an IPv4 address, or the first 64 bits of an"
                            + " IPv6 address. Many clients may share one (NAT).");
    public static final Setting<OptionalInt> NETWORK =
            rate(
                    "network-new-connections-per-second",
                    MOST_OF_A_SOURCE,
                    "New connections a second from each network of clients.");
    public static final Setting<Integer> IPV4_NETWORK_BITS =
            Setting.of(
                    "ipv4-network-bits",
                    Numbers.between(8, 32),
                    24,
                    "How many bits of an IPv4 address make a network.");
    public static final Setting<Integer> IPV6_NETWORK_BITS =
            Setting.of(
                    "ipv6-network-bits",
                    Numbers.between(16, 64),
                    56,
                    "How many bits of an IPv6 address make a network.");
    public static final Setting<Duration> BURST =
            Setting.of(
                    "burst",
                    Durations.between(Duration.ofSeconds(1), Duration.ofMinutes(1)),
                    Duration.ofSeconds(1),
                    "For how long the limits save up what is not used: with 10s and a limit of 5, 50 connections may"
                            + " begin at once after a silence.");
    public static final Setting<Boolean> CHECK_FIRST_PACKETS =
            Setting.of(
                    "check-first-packets",
                    Words.yesOrNo(),
                    true,
                    "Whether what would begin a connection is dropped if no QUIC client begins one like that, and every"
                            + " server must drop it, too: an Initial packet in less than 1200 octets, a short header in"
                            + " less than 21, a Retry.");
    public static final ListOf<Setting<Integer>> VERSIONS =
            new ListOf<>(
                    "versions",
                    "The QUIC versions that may begin connections; without any, all. A client that begins with another"
                            + " one gets no answer, no Version Negotiation either: that is a server's, which does not"
                            + " hear of it.",
                    Setting.required("", QuicVersions.version(), "One version."));

    public static final Section LIMITS =
            new Section(
                    "limits",
                    "What may begin a connection, and how often. Connections that there are never meet these limits.",
                    List.of(
                            TOTAL,
                            BACKEND,
                            ADDRESS,
                            NETWORK,
                            IPV4_NETWORK_BITS,
                            IPV6_NETWORK_BITS,
                            BURST,
                            CHECK_FIRST_PACKETS,
                            VERSIONS));

    private LimitsSchema() {}

    private static Setting<OptionalInt> rate(String name, int most, String meaning) {
        return Setting.of(
                name, Numbers.wordOrBetween("off", 1, most), OptionalInt.empty(), meaning);
    }
}
