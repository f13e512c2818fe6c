package dev.homing.socket;

import dev.homing.linux.SocketBuffers;

/// How a shard's ports toward backends are opened.
///
/// @param maxCount how many, over both families together
/// @param choosesIpv4Source whether datagrams over IPv4 leave from configured source addresses
/// @param choosesIpv6Source the same for IPv6
/// @param joinsTrains whether datagrams of one backend are taken as trains
/// @param buffers of each port
/// @param busyPollMicroseconds how long a receive call that finds nothing polls the device; 0 for
///   not at all
public record BackendPortOptions(
        int maxCount,
        boolean choosesIpv4Source,
        boolean choosesIpv6Source,
        boolean joinsTrains,
        SocketBuffers buffers,
        int busyPollMicroseconds) {}
