package dev.homing.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// The datagram socket of a service manager, which a process tells how it is (sd_notify(3)). The
/// JDK has no datagram sockets in the file system.
///
/// ```
/// struct sockaddr_un { u16 family = AF_UNIX;  char path[108] }       unix(7)
///                        0                    2
///   a file:           path and a zero           length 2 + octets + 1
///   an abstract name: a zero and the name       length 2 + 1 + octets
/// ```
public final class NotifySocket {

    // bits/socket.h, bits/socket_type.h
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;

    private static final long PATH = 2;
    private static final int PATH_BYTES = 108;

    private final byte[] path;

    private NotifySocket(byte[] path) {
        this.path = path;
    }

    /// @param name as `NOTIFY_SOCKET` has it: an absolute path, or an abstract name behind an `@`
    /// @throws BrokenMachine if it is neither, or too long
    public static NotifySocket named(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length < 2
                || octets.length >= PATH_BYTES
                || octets[0] != '/' && octets[0] != '@') {
            throw new BrokenMachine(
                    "NOTIFY_SOCKET is '%s', and Homing knows paths and abstract names (@…) of less than %d octets:"
                                    .formatted(name, PATH_BYTES)
                            + " unset it, or use Type=exec");
        }
        if (octets[0] == '@') {
            octets[0] = 0;
        }
        return new NotifySocket(octets);
    }

    /// Sends one message; waits if the manager is behind.
    ///
    /// @param message lines of `NAME=value`
    /// @throws BrokenMachine if nobody takes it
    public void send(String message) {
        Syscalls syscalls = new Syscalls();
        int fd = syscalls.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new BrokenMachine("socket(AF_UNIX)", -fd, "raise the limit of open files");
        }
        try (Arena arena = Arena.ofConfined()) {
            int sent = syscalls.sendmmsg(fd, entry(arena, message).address(), 1, MSG_NOSIGNAL);
            if (sent < 0) {
                throw new BrokenMachine(
                        "sendmmsg to NOTIFY_SOCKET",
                        -sent,
                        "allow address family AF_UNIX (RestrictAddressFamilies=), or unset it");
            }
        } finally {
            syscalls.close(fd);
        }
    }

    /// One entry as [MessageVector] draws it.
    private MemorySegment entry(Arena arena, String message) {
        byte[] octets = message.getBytes(StandardCharsets.UTF_8);
        MemorySegment text = arena.allocate(octets.length);
        MemorySegment.copy(octets, 0, text, CTypes.U8, 0, octets.length);

        MemorySegment payload = arena.allocate(MessageVector.SIZEOF_IOVEC, Long.BYTES);
        payload.set(CTypes.WORD, MessageVector.IOV_BASE, text.address());
        payload.set(CTypes.WORD, MessageVector.IOV_LEN, octets.length);

        MemorySegment name = arena.allocate(PATH + PATH_BYTES, Short.BYTES);
        name.set(CTypes.U16, 0, (short) AF_UNIX);
        MemorySegment.copy(path, 0, name, CTypes.U8, PATH, path.length);
        int zeroBehind = path[0] == 0 ? 0 : 1;

        MemorySegment entry = arena.allocate(MessageVector.SIZEOF_MMSGHDR, Long.BYTES);
        entry.set(CTypes.WORD, MessageVector.MSG_NAME, name.address());
        entry.set(CTypes.INT, MessageVector.MSG_NAMELEN, (int) PATH + path.length + zeroBehind);
        entry.set(CTypes.WORD, MessageVector.MSG_IOV, payload.address());
        entry.set(CTypes.WORD, MessageVector.MSG_IOVLEN, 1);
        return entry;
    }
}
