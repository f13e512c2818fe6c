package dev.homing.linux;

/// What a socket holds and has lost.
///
/// @param queueBytes of received datagrams that wait to be read, as the kernel charges them: each
///   with its bookkeeping, so a small one costs many times its length
/// @param limitBytes how much may wait; twice of what SO_RCVBUF was given, see socket(7)
/// @param drops datagrams that the kernel dropped because they found no room, since the socket was
///   opened
public record SocketMemory(long queueBytes, long limitBytes, long drops) {}
