package dev.homing.admission;

import java.util.List;

/// What may begin a connection, and how often: part of the published routing table. Immutable.
public final class AdmissionRules {

    /// Anything, at any rate.
    public static final AdmissionRules ANYTHING =
            new AdmissionRules(
                    false,
                    List.of(),
                    new Rates(Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED, Rate.UNLIMITED),
                    new Networks(24, 56));

    /// New connections a second.
    ///
    /// @param total of all clients toward all backends
    /// @param backend toward each backend
    /// @param address of each IPv4 address, or IPv6 /64
    /// @param network of each network
    public record Rates(Rate total, Rate backend, Rate address, Rate network) {}

    /// How many bits of an address make a network.
    public record Networks(int ipv4Bits, int ipv6Bits) {}

    private final boolean checksFirstPackets;
    private final int[] versions;
    private final Rates rates;
    private final Networks networks;

    /// @param checksFirstPackets whether what no client begins a connection with is refused
    /// @param versions of QUIC that may begin a connection; empty for any
    public AdmissionRules(
            boolean checksFirstPackets, List<Integer> versions, Rates rates, Networks networks) {
        this.checksFirstPackets = checksFirstPackets;
        this.versions = new int[versions.size()];
        for (int i = 0; i < this.versions.length; i++) {
            this.versions[i] = versions.get(i);
        }
        this.rates = rates;
        this.networks = networks;
    }

    boolean checksFirstPackets() {
        return checksFirstPackets;
    }

    boolean allowsVersion(int version) {
        for (int allowed : versions) {
            if (allowed == version) {
                return true;
            }
        }
        return versions.length == 0;
    }

    Rates rates() {
        return rates;
    }

    /// Whether new connections are counted.
    public boolean isLimited() {
        return rates.total().isLimited()
                || rates.backend().isLimited()
                || rates.address().isLimited()
                || rates.network().isLimited();
    }

    Networks networks() {
        return networks;
    }
}
