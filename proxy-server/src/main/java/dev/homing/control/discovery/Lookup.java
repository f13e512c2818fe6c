package dev.homing.control.discovery;

import java.util.concurrent.CompletableFuture;

/// Asks for the addresses of a name.
interface Lookup extends AutoCloseable {

    /// @param ipv4 what is known of its IPv4 addresses
    /// @param ipv6 what is known of its IPv6 addresses
    record Found(Answer ipv4, Answer ipv6) {}

    /// Any thread. It never fails otherwise than by [Answer.Failed], and within seconds.
    CompletableFuture<Found> ask(String name);

    @Override
    void close();
}
