package dev.homing.observe.metrics.reading;

/// How much there may be of what is counted.
///
/// @param socketBufferBytes that the kernel is asked for, for what a socket has received; 0 for its
///   default
public record Allowance(
        int sessions,
        int halfOpenSessions,
        int connectionIds,
        int backendPorts,
        int socketBufferBytes) {}
