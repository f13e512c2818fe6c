package dev.homing.bench.soak.traffic;

import dev.homing.bench.soak.model.Model;
import dev.homing.bench.soak.model.Violations;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What visitors have to know.
///
/// @param proxy where Homing is, or will be again
/// @param trusted the servers' certificates at this moment
/// @param patience how long an attempt to connect may take
/// @param clock nanoseconds since the run began
public record Scene(
        InetSocketAddress proxy,
        Supplier<X509Certificate[]> trusted,
        Model model,
        Violations violations,
        Tally tally,
        Duration patience,
        LongSupplier clock) {

    long now() {
        return clock.getAsLong();
    }
}
