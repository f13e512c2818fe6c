package dev.homing.admission;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.ledger.DropReason;
import dev.homing.quic.QuicHeader;
import org.jspecify.annotations.Nullable;

/// Decides whether a datagram may begin a connection. Asked about nothing else, so that what is
/// limited never touches a connection that there is. Any shard's thread.
public final class Admission {

    /// Address bits before those of an IPv4 address (RFC 4291 section 2.5.5.2).
    private static final int MAPPED_BITS = 96;

    private static final int IPV4_ADDRESS_BITS = 128;

    /// Whoever has an IPv6 address has a /64 of them (RFC 4291 section 2.5.1).
    private static final int IPV6_ADDRESS_BITS = 64;

    private final Buckets buckets;

    public Admission(Buckets buckets) {
        this.buckets = buckets;
    }

    /// The reason to drop the first datagram of what would be a new connection; null if it may
    /// begin, and then it is counted as one. The time is when the datagram was received.
    ///
    /// @param header of the datagram, or of the first one of its train
    /// @param backend that it would begin at
    public @Nullable DropReason refusal(
            Datagram datagram, QuicHeader header, int backend, AdmissionRules rules) {
        DropReason unfit = unfit(datagram.firstLengthBytes(), header, rules);
        return unfit == null ? limited(datagram, backend, rules) : unfit;
    }

    /// The reason why a datagram may begin no connection at any rate; null if there is none.
    ///
    /// @param length of the datagram, in octets
    /// @param header of the datagram
    public static @Nullable DropReason unfit(int length, QuicHeader header, AdmissionRules rules) {
        DropReason unfit = rules.checksFirstPackets() ? FirstPacket.refusal(length, header) : null;
        if (unfit != null) {
            return unfit;
        }
        return header.isLong() && !rules.allowsVersion(header.version())
                ? DropReason.VERSION_REFUSED
                : null;
    }

    private @Nullable DropReason limited(Datagram datagram, int backend, AdmissionRules rules) {
        AdmissionRules.Rates rates = rules.rates();
        SourceBuckets sources = buckets.sources();
        long time = buckets.time(datagram.receivedNs());
        long address = 0;
        long network = 0;
        if (rates.address().isLimited()) {
            address = address(datagram.peer());
            if (!sources.allows(address, rates.address(), time)) {
                return DropReason.ADDRESS_LIMIT;
            }
        }
        if (rates.network().isLimited()) {
            network = network(datagram.peer(), rules.networks());
            if (!sources.allows(network, rates.network(), time)) {
                return DropReason.NETWORK_LIMIT;
            }
        }
        if (rates.backend().isLimited() && !buckets.allowsToward(backend, rates.backend(), time)) {
            return DropReason.BACKEND_LIMIT;
        }
        if (rates.total().isLimited() && !buckets.allowsInAll(rates.total(), time)) {
            return DropReason.NEW_CONNECTIONS_LIMIT;
        }
        if (rates.address().isLimited()) {
            sources.take(address, rates.address(), time);
        }
        if (rates.network().isLimited()) {
            sources.take(network, rates.network(), time);
        }
        if (rates.backend().isLimited()) {
            buckets.takeToward(backend, rates.backend(), time);
        }
        if (rates.total().isLimited()) {
            buckets.takeInAll(rates.total(), time);
        }
        return null;
    }

    private long address(Address client) {
        int bits = client.isIpv4() ? IPV4_ADDRESS_BITS : IPV6_ADDRESS_BITS;
        return buckets.sources().source(client.high(), client.low(), bits);
    }

    private long network(Address client, AdmissionRules.Networks networks) {
        int bits = client.isIpv4() ? MAPPED_BITS + networks.ipv4Bits() : networks.ipv6Bits();
        return buckets.sources().source(client.high(), client.low(), bits);
    }
}
