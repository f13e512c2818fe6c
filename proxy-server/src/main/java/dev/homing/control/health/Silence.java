package dev.homing.control.health;

/// Tells from its clients' connections alone that a backend does not answer. Of no use is that some
/// get no answer: anyone can send what no server answers, and as much of it as he likes. So it
/// takes all of these:
///
/// - several connections of late got no answer, and none did get one;
/// - of the connections that the pool's other backends answered meanwhile, it would have had
///   several for its weight. Nobody can keep a backend that is up from answering those.
///
/// Only sessions count that began with a client's own choice and went by consistent hashing, whose
/// key no client knows.
final class Silence {

    /// The time that is looked back on.
    static final long WINDOW_NS = 10_000_000_000L;

    /// With so many expected, none comes by chance once in 20 000 times (e to the power of −10).
    private static final int ENOUGH = 10;

    private Silence() {}

    /// What a backend's clients met within the window.
    ///
    /// @param weight share of the pool's new connections, relative to the others
    record Share(long answered, long unanswered, long weight) {

        Share plus(Share other) {
            return new Share(
                    answered + other.answered,
                    unanswered + other.unanswered,
                    weight + other.weight);
        }
    }

    /// @param others all other backends of the pool that take connections, together
    static boolean isSilent(Share backend, Share others) {
        return backend.answered() == 0
                && backend.unanswered() >= ENOUGH
                && others.weight() > 0
                && others.answered() * backend.weight() >= ENOUGH * others.weight();
    }
}
