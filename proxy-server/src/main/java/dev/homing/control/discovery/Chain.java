package dev.homing.control.discovery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponse;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The way from a name over other names (CNAME) to addresses. It holds as long as the part of it
/// that holds shortest. The resolver's thread.
final class Chain {

    private static final int IPV4_OCTETS = 4;
    private static final int IPV6_OCTETS = 16;

    /// Of an answer without any record: there is a time to live for that too (RFC 2308), but a name
    /// that has no address today is one that somebody waits for.
    private static final long NOTHING_TTL_SECONDS = 0;

    private final DnsRecordType type;
    private final List<InetAddress> addresses = new ArrayList<>();
    private long ttlSeconds = Long.MAX_VALUE;

    /// @param type A or AAAA
    Chain(DnsRecordType type) {
        this.type = type;
    }

    /// @return the last name of the way, as far as this answer goes; the name itself if it says
    ///   nothing of another one
    String take(DnsResponse response, String name) {
        Map<String, String> aliases = new HashMap<>();
        Map<String, Long> aliasTtls = new HashMap<>();
        Map<String, List<DnsRecord>> records = new HashMap<>();
        for (int i = 0; i < response.count(DnsSection.ANSWER); i++) {
            DnsRecord record = response.recordAt(DnsSection.ANSWER, i);
            String owner = lower(record.name());
            if (record.type().equals(DnsRecordType.CNAME) && record instanceof ByteBufHolder raw) {
                aliases.put(
                        owner,
                        lower(DefaultDnsRecordDecoder.decodeName(raw.content().duplicate())));
                aliasTtls.put(owner, record.timeToLive());
            } else if (record.type().equals(type)) {
                records.computeIfAbsent(owner, first -> new ArrayList<>()).add(record);
            }
        }
        String at = lower(name);
        // Each name is left once, so that a ring ends.
        while (aliases.containsKey(at)) {
            ttlSeconds = Math.min(ttlSeconds, aliasTtls.getOrDefault(at, 0L));
            String next = aliases.remove(at);
            at = next;
        }
        records.getOrDefault(at, List.of()).forEach(this::take);
        return at.equals(lower(name)) ? name : at;
    }

    private void take(DnsRecord record) {
        if (!(record instanceof ByteBufHolder raw)) {
            return;
        }
        ByteBuf content = raw.content();
        int octets = type.equals(DnsRecordType.A) ? IPV4_OCTETS : IPV6_OCTETS;
        if (content.readableBytes() == octets) {
            try {
                addresses.add(InetAddress.getByAddress(ByteBufUtil.getBytes(content)));
                ttlSeconds = Math.min(ttlSeconds, record.timeToLive());
            } catch (UnknownHostException e) {
                throw new AssertionError("an address of " + octets + " octets", e);
            }
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    boolean hasAddresses() {
        return !addresses.isEmpty();
    }

    Answer answer() {
        return new Answer.Known(
                addresses,
                Duration.ofSeconds(addresses.isEmpty() ? NOTHING_TTL_SECONDS : ttlSeconds));
    }
}
