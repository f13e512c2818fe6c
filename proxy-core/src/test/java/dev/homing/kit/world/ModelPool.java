package dev.homing.kit.world;

import dev.homing.route.Balance;
import java.util.List;

/// A pool and its first servers, which may be in other pools, too.
///
/// @param configuredLength of the servers' connection IDs, or
///   [dev.homing.route.Pool#LENGTH_LEARNED]
/// @param isNamed whether all its servers name themselves in their connection IDs
public record ModelPool(
        Balance balance, int configuredLength, boolean isNamed, List<ServerStyle> styles) {}
