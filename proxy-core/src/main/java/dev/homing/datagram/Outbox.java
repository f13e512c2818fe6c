package dev.homing.datagram;

/// All that a shard has given to its sinks and that the kernel has not yet seen.
public interface Outbox {

    /// Sends everything pending, in as few system calls as possible. Called by the shard's thread
    /// at the end of a turn.
    void flush();
}
