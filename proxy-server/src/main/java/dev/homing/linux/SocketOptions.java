package dev.homing.linux;

import dev.homing.linux.steering.SteeringProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The options of one socket, each with the level it is set at.
///
/// @param fd of the socket
record SocketOptions(Syscalls syscalls, int fd) {

    // asm-generic/socket.h
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_BUSY_POLL = 46;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    private static final int SO_DETACH_REUSEPORT_BPF = 68;
    private static final int SO_PREFER_BUSY_POLL = 69;

    // bits/in.h
    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_RECVTOS = 13;
    private static final int IP_PMTUDISC_PROBE = 3;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_RECVTCLASS = 66;

    // linux/in6.h
    private static final int IPV6_DONTFRAG = 62;
    private static final int IPV6_FREEBIND = 78;

    /// From now on others may bind to the same port, if they ask for it too.
    void sharePort() {
        set(SOL_SOCKET, SO_REUSEPORT, 1, "SO_REUSEPORT");
    }

    /// Has a program choose among the sockets that share the port, instead of the one before.
    ///
    /// linux/filter.h, struct sock_fprog:
    ///
    /// ```
    /// | length in instructions (2) | unused (6) | address of the instructions (8) |
    /// ```
    ///
    /// @return 0, or the negated errno
    int steer(SteeringProgram program) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fprog = arena.allocate(2 * Long.BYTES, Long.BYTES);
            fprog.set(CTypes.U16, 0, (short) program.length());
            fprog.set(CTypes.WORD, Long.BYTES, program.assemble(arena).address());
            return syscalls.setsockopt(
                    fd,
                    SOL_SOCKET,
                    SO_ATTACH_REUSEPORT_CBPF,
                    fprog.address(),
                    (int) fprog.byteSize());
        }
    }

    /// Has the flow choose among the sockets that share the port.
    ///
    /// @return 0, or the negated errno: ENOENT if no program did
    int steerByFlow() {
        return trySet(SOL_SOCKET, SO_DETACH_REUSEPORT_BPF, 0);
    }

    /// Whether an AF_INET6 socket is to leave IPv4 alone.
    void onlyIpv6(boolean only) {
        set(ControlMessages.SOL_IPV6, IPV6_V6ONLY, only ? 1 : 0, "IPV6_V6ONLY");
    }

    /// Have the address told that each datagram was sent to. An AF_INET6 socket tells IPv4 as
    /// mapped addresses.
    void tellLocalAddress(boolean ipv6) {
        if (ipv6) {
            set(ControlMessages.SOL_IPV6, IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
        } else {
            set(ControlMessages.SOL_IP, ControlMessages.IP_PKTINFO, 1, "IP_PKTINFO");
        }
    }

    /// Have ICMP errors collected in the error queue, whichever backend they are about.
    void collectErrors(boolean ipv6) {
        if (ipv6) {
            set(ControlMessages.SOL_IPV6, ControlMessages.IPV6_RECVERR, 1, "IPV6_RECVERR");
        } else {
            set(ControlMessages.SOL_IP, ControlMessages.IP_RECVERR, 1, "IP_RECVERR");
        }
    }

    /// IPv4 lets a datagram leave from any address that is routed to this machine; IPv6 asks for
    /// this option, unless the address is assigned to an interface.
    void sendFromRoutedAddresses() {
        set(ControlMessages.SOL_IPV6, IPV6_FREEBIND, 1, "IPV6_FREEBIND");
    }

    /// What has to survive the way of IPv4 datagrams: have the ECN mark told, and never fragment.
    /// PROBE sets the DF bit and ignores the path MTU that the kernel knows: finding it is the
    /// ends' business (RFC 9000 section 14), and an ICMP message with a forged one cannot do harm.
    void carryIpv4() {
        set(ControlMessages.SOL_IP, IP_RECVTOS, 1, "IP_RECVTOS");
        set(ControlMessages.SOL_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE, "IP_MTU_DISCOVER");
    }

    /// The same for IPv6. DONTFRAG makes what is too large fail, where it would be cut by this
    /// machine otherwise.
    void carryIpv6() {
        set(ControlMessages.SOL_IPV6, IPV6_RECVTCLASS, 1, "IPV6_RECVTCLASS");
        set(ControlMessages.SOL_IPV6, IPV6_MTU_DISCOVER, IP_PMTUDISC_PROBE, "IPV6_MTU_DISCOVER");
        set(ControlMessages.SOL_IPV6, IPV6_DONTFRAG, 1, "IPV6_DONTFRAG");
    }

    /// Have datagrams of equal length from one sender delivered as one train.
    void joinTrains() {
        set(ControlMessages.SOL_UDP, ControlMessages.UDP_GRO, 1, "UDP_GRO");
    }

    /// Whether the kernel joins datagrams (Linux 5.0) and cuts trains (Linux 4.18).
    boolean knowsTrains() {
        return trySet(ControlMessages.SOL_UDP, ControlMessages.UDP_GRO, 0) == 0
                && trySet(ControlMessages.SOL_UDP, ControlMessages.UDP_SEGMENT, 0) == 0;
    }

    /// Has a receive call that finds nothing poll the device for a while, and the device leave it
    /// to that while such calls come (socket(7); preferring needs Linux 5.11, and is done without
    /// before).
    ///
    /// @return 0, or the negated errno: EPERM without CAP_NET_ADMIN
    int pollBusily(int microseconds) {
        int result = trySet(SOL_SOCKET, SO_BUSY_POLL, microseconds);
        if (result < 0) {
            return result;
        }
        int preferred = trySet(SOL_SOCKET, SO_PREFER_BUSY_POLL, 1);
        return preferred == -Errno.ENOPROTOOPT ? 0 : preferred;
    }

    /// Asks for buffers.
    ///
    /// @return what was granted, which net.core.rmem_max and wmem_max limit
    SocketBuffers buffers(SocketBuffers wanted) {
        if (wanted.receiveBytes() > 0) {
            set(SOL_SOCKET, SO_RCVBUF, wanted.receiveBytes(), "SO_RCVBUF");
        }
        if (wanted.sendBytes() > 0) {
            set(SOL_SOCKET, SO_SNDBUF, wanted.sendBytes(), "SO_SNDBUF");
        }
        // socket(7): the kernel doubles the value, for its bookkeeping, and returns the doubled
        // one.
        return new SocketBuffers(get(SO_RCVBUF) / 2, get(SO_SNDBUF) / 2);
    }

    private void set(int level, int option, int value, String name) {
        int result = trySet(level, option, value);
        if (result < 0) {
            throw new BrokenMachine(
                    "setsockopt " + name, -result, "Homing needs Linux 5.0 or newer");
        }
    }

    /// @return 0, or the negated errno
    private int trySet(int level, int option, int value) {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocateFrom(CTypes.INT, value).address();
            return syscalls.setsockopt(fd, level, option, address, Integer.BYTES);
        }
    }

    private int get(int option) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(CTypes.INT);
            long length = arena.allocateFrom(CTypes.INT, Integer.BYTES).address();
            int result = syscalls.getsockopt(fd, SOL_SOCKET, option, value.address(), length);
            if (result < 0) {
                throw new BrokenMachine(
                        "getsockopt " + option, -result, "Homing needs Linux 5.0 or newer");
            }
            return value.get(CTypes.INT, 0);
        }
    }
}
