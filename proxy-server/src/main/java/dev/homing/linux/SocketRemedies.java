package dev.homing.linux;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// What an operator can do about a socket that could not be opened.
final class SocketRemedies {

    private static final int UNPRIVILEGED_PORT = 1024;

    private SocketRemedies() {}

    static String open(int errno) {
        return switch (errno) {
            case Errno.EMFILE -> "raise the limit of open files (ulimit -n, or LimitNOFILE)";
            case Errno.ENFILE -> "raise sysctl fs.file-max";
            case Errno.EAFNOSUPPORT ->
                    "IPv6 is switched off on this machine; use IPv4 addresses only (0.0.0.0 for all)";
            case Errno.EACCES, Errno.EPERM -> "allow UDP sockets in the seccomp profile";
            default -> "free kernel memory, then start again";
        };
    }

    static String bind(int errno, InetSocketAddress address) {
        return switch (errno) {
            case Errno.EADDRINUSE -> inUse(address.getPort());
            case Errno.EACCES, Errno.EPERM -> forbidden(address.getPort());
            case Errno.EADDRNOTAVAIL ->
                    "no interface of this machine has this address; see ip address";
            case Errno.EINVAL, Errno.ENODEV ->
                    "a link-local address needs its interface, as in fe80::1%eth0";
            default -> "choose another address";
        };
    }

    private static String inUse(int port) {
        return port == 0
                ? "all ephemeral ports are taken; widen sysctl net.ipv4.ip_local_port_range"
                : "another process, or another listening address, has this port; see which with ss -lunp 'sport = :"
                        + port
                        + "'";
    }

    private static String forbidden(int port) {
        return port < UNPRIVILEGED_PORT
                ? "ports below 1024 need CAP_NET_BIND_SERVICE, or sysctl net.ipv4.ip_unprivileged_port_start="
                        + port
                : "a security policy forbids this port";
    }

    /// As an operator writes it: an IPv6 address in brackets, its zeroes left out.
    static String text(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        if (address.getAddress() instanceof Inet6Address) {
            ip = "[" + ip.replaceFirst("(^|:)0(:0)+(:|$)", "::") + "]";
        }
        return ip + ":" + address.getPort();
    }
}
