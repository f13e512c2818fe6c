package dev.homing.observe.metrics.reading;

import dev.homing.linux.SocketMemory;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// The sockets of one shard toward backends.
///
/// @param thread the shard's
/// @param open how many there are
/// @param memory the queue of the fullest one, and the drops of all; empty if the kernel does not
///   tell
public record PortsReading(
        String thread, IntSupplier open, Supplier<Optional<SocketMemory>> memory) {}
