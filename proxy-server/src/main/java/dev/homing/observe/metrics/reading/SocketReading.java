package dev.homing.observe.metrics.reading;

import dev.homing.linux.SocketMemory;
import java.util.Optional;
import java.util.function.Supplier;

/// One thread's socket of a listening address.
///
/// @param listener the address as the operator wrote it, with the port that the kernel gave
/// @param thread that receives from it
/// @param memory empty if the kernel does not tell
public record SocketReading(
        String listener, String thread, Supplier<Optional<SocketMemory>> memory) {}
