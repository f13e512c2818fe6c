package dev.homing.capture;

import java.net.InetSocketAddress;

/// A UDP datagram.
///
/// @param payload what was captured of it
/// @param lengthBytes octets of payload that were sent
public record UdpDatagram(
        InetSocketAddress from, InetSocketAddress to, byte[] payload, int lengthBytes)
        implements Content {}
