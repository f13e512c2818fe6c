package dev.homing.observe.trace;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Who is who in records, which have numbers only.
///
/// @param listeners the addresses that clients reach, by their index
/// @param backend the name of a backend by its id; null when it is in no pool any more
public record Names(List<InetSocketAddress> listeners, IntFunction<@Nullable String> backend) {

    public Names {
        listeners = List.copyOf(listeners);
    }
}
