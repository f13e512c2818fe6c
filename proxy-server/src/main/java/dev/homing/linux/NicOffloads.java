package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which of the kernel's ways to treat many packets as one an interface has switched on.
///
/// @param gro it joins what it receives (generic receive offload)
/// @param gso it takes what is still to be cut (generic segmentation offload)
public record NicOffloads(boolean gro, boolean gso) {

    // linux/sockios.h, linux/ethtool.h
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_GGSO = 0x23;
    private static final int ETHTOOL_GGRO = 0x2b;

    // bits/socket.h, bits/socket_type.h
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;

    /// netdevice(7):
    ///
    /// ```
    /// struct ifreq { char ifr_name[IFNAMSIZ]; union { void *ifr_data; char pad[24]; } }
    /// ```
    private static final long SIZEOF_IFREQ = 40;

    private static final int IFNAMSIZ = 16;

    /// ```
    /// struct ethtool_value { u32 cmd; u32 data; }
    /// ```
    private static final long SIZEOF_VALUE = 8;

    private static final long VALUE_DATA = 4;

    /// Needs no privilege. Empty if there is no such interface, or the kernel does not tell.
    ///
    /// @param nic as ip-link(8) names it
    public static Optional<NicOffloads> of(String nic) {
        byte[] name = nic.getBytes(StandardCharsets.ISO_8859_1);
        if (name.length >= IFNAMSIZ) {
            return Optional.empty();
        }
        Syscalls syscalls = new Syscalls();
        // Any socket will do: the request is about the interface.
        int fd = syscalls.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ifreq = arena.allocate(SIZEOF_IFREQ, Long.BYTES);
            MemorySegment value = arena.allocate(SIZEOF_VALUE, Long.BYTES);
            MemorySegment.copy(MemorySegment.ofArray(name), 0, ifreq, 0, name.length);
            ifreq.set(CTypes.WORD, IFNAMSIZ, value.address());
            int gro = ask(syscalls, fd, ifreq, value, ETHTOOL_GGRO);
            int gso = ask(syscalls, fd, ifreq, value, ETHTOOL_GGSO);
            return gro < 0 || gso < 0
                    ? Optional.empty()
                    : Optional.of(new NicOffloads(gro != 0, gso != 0));
        } finally {
            syscalls.close(fd);
        }
    }

    /// 0, 1 or the negated errno.
    private static int ask(
            Syscalls syscalls, int fd, MemorySegment ifreq, MemorySegment value, int command) {
        value.set(CTypes.INT, 0, command);
        value.set(CTypes.INT, VALUE_DATA, 0);
        int result = syscalls.ioctl(fd, SIOCETHTOOL, ifreq.address());
        return result < 0 ? result : value.get(CTypes.INT, VALUE_DATA) & 1;
    }
}
