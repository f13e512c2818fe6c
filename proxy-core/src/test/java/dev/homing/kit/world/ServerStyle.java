package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.route.Backend;
import java.util.SplittableRandom;

/// How a model server behaves.
///
/// @param backend where it is
/// @param cidLength octets of the connection IDs that it chooses, 0 to 20
/// @param retries whether it validates addresses by a Retry
/// @param keepsClientsChoice whether it goes on with the client's first choice if that is as long
///   as its own, as google/quiche does
/// @param namesItself whether its connection IDs say whose they are
public record ServerStyle(
        Backend backend,
        int cidLength,
        boolean retries,
        boolean keepsClientsChoice,
        boolean namesItself) {

    /// A connection ID of its own.
    Cid nextId(SplittableRandom random) {
        return namesItself
                ? NamingIds.next(random, backend.id(), cidLength)
                : Cid.random(random, cidLength);
    }
}
