package dev.homing.bench.soak.plan;

import java.util.List;

/// Something that is done to Homing, its servers or its clients. Servers are counted from 0.
public sealed interface Event {

    /// What the summary counts it as.
    String kind();

    /// All servers get other weights.
    record Weights(Way way, List<Integer> weights) implements Event {
        public Weights {
            weights = List.copyOf(weights);
        }

        @Override
        public String kind() {
            return "reload with other weights";
        }
    }

    /// A configuration that must be refused, and the good one again.
    record BadFile(Way way, Mistake mistake) implements Event {
        @Override
        public String kind() {
            return "reload of a bad file";
        }
    }

    /// No new connections for a server.
    record Drain(Way way, int server) implements Event {
        @Override
        public String kind() {
            return "server drained";
        }
    }

    record Activate(Way way, int server) implements Event {
        @Override
        public String kind() {
            return "server activated";
        }
    }

    /// A server leaves the configuration; it goes on running.
    record Remove(Way way, int server) implements Event {
        @Override
        public String kind() {
            return "server removed";
        }
    }

    record Add(Way way, int server) implements Event {
        @Override
        public String kind() {
            return "server added";
        }
    }

    /// SIGKILL.
    record KillServer(int server) implements Event {
        @Override
        public String kind() {
            return "server killed (-9)";
        }
    }

    record StartServer(int server) implements Event {
        @Override
        public String kind() {
            return "server started again";
        }
    }

    /// SIGKILL under load, and another life a moment later.
    record KillHoming(int downMillis, Threads next) implements Event {
        @Override
        public String kind() {
            return "Homing killed (-9) and started again";
        }
    }

    /// SIGTERM under load, and another life.
    record RestartHoming(Threads next) implements Event {
        @Override
        public String kind() {
            return "Homing stopped (TERM) and started again";
        }
    }

    /// Clients get other addresses in mid-transfer.
    record Rebind(int clients) implements Event {
        @Override
        public String kind() {
            return "clients rebound";
        }
    }

    /// Initials from many addresses, each with a connection ID of its own.
    record Initials(int datagrams, int perSecond, long seed) implements Event {
        @Override
        public String kind() {
            return "flood of Initials";
        }
    }

    /// Octets that are not QUIC, or only begin like it.
    record Noise(int datagrams, int perSecond, long seed) implements Event {
        @Override
        public String kind() {
            return "flood of noise";
        }
    }

    /// So many clients come at once.
    record Burst(int clients) implements Event {
        @Override
        public String kind() {
            return "burst of new connections";
        }
    }

    /// All clients pause, and the books are compared.
    record Rest() implements Event {
        @Override
        public String kind() {
            return "rest";
        }
    }
}
