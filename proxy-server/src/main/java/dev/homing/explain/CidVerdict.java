package dev.homing.explain;

import dev.homing.cid.CidDescription;
import dev.homing.cid.Unroutable;
import dev.homing.control.config.Configuration;
import java.util.Optional;

/// What a pool makes of a connection ID.
///
/// @param description what the pool's scheme reads in it; empty if the pool has none
/// @param backend that it names; empty if it names none
public record CidVerdict(
        Configuration.Pool pool,
        Optional<CidDescription> description,
        Optional<Configuration.Backend> backend) {

    /// Why the scheme names no backend; empty if it does, or if there is no scheme.
    public Optional<Unroutable> whyNot() {
        return description.map(CidDescription::whyNot);
    }
}
