package dev.homing.linux;

/// How many octets the kernel keeps for a socket: of what was received and not yet read, and of
/// what was sent and has not yet left the machine.
///
/// @param receiveBytes SO_RCVBUF, or 0 for the kernel's default
/// @param sendBytes SO_SNDBUF, or 0 for the kernel's default
public record SocketBuffers(int receiveBytes, int sendBytes) {}
