package dev.homing.control.config.value;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// IP addresses from and to text, without ever asking a name server.
public final class IpText {

    private static final Pattern FOUR_OCTETS =
            Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");

    private IpText() {}

    /// The address that a text spells in full. `127.1` and `010.0.0.1` are not understood: tools
    /// disagree about them.
    public static Optional<InetAddress> literal(String text) {
        if (text.startsWith("[") || text.indexOf(':') < 0 && !FOUR_OCTETS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /// `127.0.0.1:443` or `[::1]:443`.
    public static String print(InetSocketAddress address) {
        String ip = print(address.getAddress());
        return (address.getAddress() instanceof Inet6Address ? "[" + ip + "]" : ip)
                + ":"
                + address.getPort();
    }

    public static String print(InetAddress address) {
        return address instanceof Inet6Address ip6 ? print(ip6) : address.getHostAddress();
    }

    private static String print(Inet6Address address) {
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
        }
        // RFC 5952 section 4.2: shorten the longest run of zero groups, the first of equals, never
        // a single one.
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < groups.length; i++) {
            int length = 0;
            while (i + length < groups.length && groups[i + length] == 0) {
                length++;
            }
            if (length > runLength) {
                runStart = i;
                runLength = length;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        // A link-local address means nothing without its interface.
        return address.getScopedInterface() != null
                ? text.append('%').append(address.getScopedInterface().getName()).toString()
                : address.getScopeId() > 0
                        ? text.append('%').append(address.getScopeId()).toString()
                        : text.toString();
    }
}
