package dev.homing.session;

/// How many sessions there may be, and for how long.
///
/// @param sessions most sessions of one shard
/// @param halfOpen most half-open sessions of one shard, at most as many as sessions
/// @param idleTimeoutSeconds how long an established session lives without a datagram (RFC 9312
///   section 4.2: 2 minutes or more)
/// @param halfOpenTimeoutSeconds how long a half-open session lives without a datagram
/// @param aliases how many unknown connection IDs a session may teach
public record SessionLimits(
        int sessions,
        int halfOpen,
        int idleTimeoutSeconds,
        int halfOpenTimeoutSeconds,
        int aliases) {}
