package dev.homing.demo.client;

import java.time.Duration;

/// What a client got for a [Request.Get].
///
/// @param server the server that says it answered
/// @param firstWrongByte position of the first byte that is not what the seed says, or −1
/// @param durationNs from the request to the last byte, in nanoseconds
public record Transfer(
        String server,
        long bytesExpected,
        long bytesReceived,
        long firstWrongByte,
        long durationNs) {
    /// Whether every byte came, and no other.
    public boolean isIntact() {
        return firstWrongByte < 0 && bytesReceived == bytesExpected;
    }

    public Duration duration() {
        return Duration.ofNanos(durationNs);
    }
}
