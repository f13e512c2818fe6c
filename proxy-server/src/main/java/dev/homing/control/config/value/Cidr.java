package dev.homing.control.config.value;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/// A block of IP addresses.
///
/// @param network the first address of the block
/// @param prefixBits how many leading bits all its addresses share
public record Cidr(InetAddress network, int prefixBits) {

    public static Kind<Cidr> kind() {
        return new Kind<>(
                "a block of addresses, `10.0.0.0/16` or `fd00::/64`", Cidr::read, Cidr::toString);
    }

    private static Parsed<Cidr> read(String text) {
        int slash = text.indexOf('/');
        String ip = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> literal = IpText.literal(ip);
        if (literal.isEmpty()) {
            return Parsed.bad(
                    Shown.value(ip) + " is not an IP address", "Write 10.0.0.0/16 or fd00::/64.");
        }
        InetAddress address = literal.get();
        int widthBits = address.getAddress().length * 8;
        String prefix = slash < 0 ? Integer.toString(widthBits) : text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}")
                || Integer.parseInt(prefix) > widthBits
                || Integer.parseInt(prefix) == 0) {
            return Parsed.bad(
                    Shown.value(text) + " has no prefix length from 1 to " + widthBits,
                    "Write 10.0.0.0/16 or fd00::/64.");
        }
        if (address.isMulticastAddress()) {
            return Parsed.bad(
                    Shown.value(text) + " holds multicast addresses",
                    "Give addresses that this machine may send from.");
        }
        Cidr cidr = new Cidr(address, Integer.parseInt(prefix));
        Cidr block = new Cidr(cidr.firstAddress(), cidr.prefixBits);
        if (!block.equals(cidr)) {
            return Parsed.bad(
                    Shown.value(text) + " has bits set beyond its prefix",
                    "Write " + block + " for the block, or " + ip + " for the one address.");
        }
        return Parsed.good(cidr);
    }

    private InetAddress firstAddress() {
        byte[] bytes = network.getAddress();
        for (int bit = prefixBits; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("the bytes are those of an address", impossible);
        }
    }

    /// Whether an address lies in both. Of two blocks that meet, one holds the other.
    public boolean overlaps(Cidr other) {
        return contains(other.network) || other.contains(network);
    }

    public boolean contains(InetAddress address) {
        byte[] here = network.getAddress();
        byte[] there = address.getAddress();
        if (here.length != there.length) {
            return false;
        }
        int wholeBytes = prefixBits / 8;
        int restMask = 0xff00 >> prefixBits % 8 & 0xff;
        return Arrays.equals(here, 0, wholeBytes, there, 0, wholeBytes)
                && (restMask == 0 || ((here[wholeBytes] ^ there[wholeBytes]) & restMask) == 0);
    }

    @Override
    public String toString() {
        return IpText.print(network) + "/" + prefixBits;
    }
}
