package dev.homing.control.config.health;

/// What a probe that is not answered says of a backend.
public enum ProbeMode {
    /// Nothing, until the backend has answered one: some servers never do. Until then it is judged
    /// by what the network and its clients' connections say.
    AUTO,
    /// That it is down.
    VERSION_NEGOTIATION,
    /// There are no probes, and the backend is never taken for down.
    ALWAYS_UP
}
