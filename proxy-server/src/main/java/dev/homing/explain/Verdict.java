package dev.homing.explain;

import dev.homing.control.config.Configuration;
import dev.homing.ledger.DropReason;

/// What Homing does with a datagram, as far as the datagram and the configuration tell.
public sealed interface Verdict {

    /// What a hash is made of.
    enum Hashed {
        CONNECTION_ID("the connection ID"),
        CLIENT("the client's address and port");

        private final String words;

        Hashed(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// Why nobody can tell here what a hash comes to.
    enum Unknown {
        RANDOM_KEY("the hash has a random key: give hash-key in the configuration to know it"),
        NO_CLIENT("the client's address is not known: give --client to know it");

        private final String words;

        Unknown(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /// The connection ID names its backend.
    record Decoded(Configuration.Backend backend) implements Verdict {}

    /// Consistent hashing proposes a backend.
    record Proposed(Hashed hashed, Configuration.Backend backend) implements Verdict {}

    /// Consistent hashing chooses one of those that take new connections.
    record AnyBackend(Hashed hashed, Unknown why) implements Verdict {}

    record Dropped(DropReason reason) implements Verdict {}

    /// The capture ends before what decides.
    record CutOff() implements Verdict {}
}
