package dev.homing.demo;

import java.net.InetSocketAddress;

/// One server's part in the demonstration.
///
/// @param connections how many of the clients' connections it had
/// @param newPaths client addresses that it saw change
public record DemoServer(
        String name, InetSocketAddress address, long connections, long bytesSent, long newPaths) {}
