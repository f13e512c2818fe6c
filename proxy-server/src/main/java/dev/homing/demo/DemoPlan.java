package dev.homing.demo;

import java.time.Duration;

/// How much the demonstration does.
///
/// @param clients how many connections are opened; every second one is given a new address
/// @param transferBytes what each gets from its server three times: before, while and after its
///   address changes
/// @param deadline when it gives up
public record DemoPlan(int clients, long transferBytes, Duration deadline) {
    static final int TRANSFERS = 3;

    /// Takes a second or two on loopback, and never more than a minute.
    public static final DemoPlan STANDARD = new DemoPlan(24, 256 << 10, Duration.ofSeconds(50));

    public DemoPlan {
        if (clients < 1 || clients > 200 || transferBytes < 1) {
            throw new IllegalArgumentException(
                    "no plan: " + clients + " clients, " + transferBytes + " bytes");
        }
    }

    long bytesPerClient() {
        return TRANSFERS * transferBytes;
    }
}
