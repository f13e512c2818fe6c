package dev.homing.bench.soak.model;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

/// Which drop reasons may appear after what. A reason that is not listed may not appear.
public final class DropCauses {

    private static final Map<String, Set<Cause>> CAUSES =
            Map.ofEntries(
                    Map.entry("empty", Set.of(Cause.NOISE)),
                    Map.entry("truncated_header", Set.of(Cause.NOISE)),
                    Map.entry("not_quic", Set.of(Cause.NOISE)),
                    Map.entry("small_initial", Set.of(Cause.NOISE)),
                    Map.entry("new_connections_limit", Set.of(Cause.INITIALS, Cause.NOISE)),
                    // A queue of a few hundred, on a machine whose CPUs others want too.
                    Map.entry("queue_full", Set.of(Cause.INITIALS, Cause.NOISE, Cause.BURST)),
                    Map.entry("no_slot", Set.of(Cause.INITIALS, Cause.NOISE, Cause.BURST)),
                    Map.entry("draining", Set.of(Cause.STOPPING)),
                    // Servers answer what was evicted meanwhile, and go on sending to clients that
                    // have another address, to none any more, or to an instance that is gone.
                    Map.entry(
                            "no_session",
                            Set.of(
                                    Cause.INITIALS,
                                    Cause.NOISE,
                                    Cause.REBOUND,
                                    Cause.SERVER_KILLED,
                                    Cause.SERVER_REMOVED,
                                    Cause.EARLIER_LIFE)),
                    Map.entry("unknown_sender", Set.of(Cause.SERVER_REMOVED)));

    private DropCauses() {}

    /// @param happened in this life of Homing
    public static boolean mayAppear(String reason, Set<Cause> happened) {
        return !Collections.disjoint(CAUSES.getOrDefault(reason, Set.of()), happened);
    }
}
