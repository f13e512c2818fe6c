package dev.homing.control.routing;

import dev.homing.control.config.value.Cidr;
import dev.homing.datagram.Address;
import dev.homing.session.SourceAddresses;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.List;

/// From configured blocks of addresses to the numbered source addresses of one IP family.
public final class SourceBlocks {

    /// Addresses taken of one block: more sessions than this toward one backend use a second port.
    private static final int MAX_BITS = 24;

    private SourceBlocks() {}

    /// Of one block, whatever its family.
    public static SourceAddresses of(Cidr block) {
        return SourceAddresses.of(
                block.network() instanceof Inet4Address ? ipv4(block) : ipv6(block));
    }

    public static SourceAddresses ipv4(List<Cidr> blocks) {
        return SourceAddresses.of(
                blocks.stream()
                        .filter(block -> block.network() instanceof Inet4Address)
                        .map(SourceBlocks::ipv4)
                        .toArray(SourceAddresses.Block[]::new));
    }

    public static SourceAddresses ipv6(List<Cidr> blocks) {
        return SourceAddresses.of(
                blocks.stream()
                        .filter(block -> !(block.network() instanceof Inet4Address))
                        .map(SourceBlocks::ipv6)
                        .toArray(SourceAddresses.Block[]::new));
    }

    /// Without the first and last address, which are the network's and its broadcast's; in blocks
    /// of one and two addresses all are good (RFC 3021).
    private static SourceAddresses.Block ipv4(Cidr block) {
        int first = ByteBuffer.wrap(block.network().getAddress()).getInt();
        int hostBits = Math.min(Integer.SIZE - block.prefixBits(), MAX_BITS);
        return hostBits < 2
                ? new SourceAddresses.Block(0, Address.mapped(first), 1 << hostBits)
                : new SourceAddresses.Block(0, Address.mapped(first + 1), (1 << hostBits) - 2);
    }

    /// Without the first address, which is that of the subnet's routers (RFC 4291 section 2.6.1).
    private static SourceAddresses.Block ipv6(Cidr block) {
        ByteBuffer words = ByteBuffer.wrap(block.network().getAddress());
        long high = words.getLong();
        long low = words.getLong();
        int hostBits = Math.min(2 * Long.SIZE - block.prefixBits(), MAX_BITS);
        return hostBits == 0
                ? new SourceAddresses.Block(high, low, 1)
                : new SourceAddresses.Block(high, low + 1, (1 << hostBits) - 1);
    }
}
