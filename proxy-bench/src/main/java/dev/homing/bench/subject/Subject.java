package dev.homing.bench.subject;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A forwarder that can be put between clients and backends.
public interface Subject {

    /// As the command line has it.
    String name();

    /// What it is, in a few words.
    String description();

    /// Why it cannot be measured here, or with such traffic.
    Optional<String> whyNot(Setting setting);

    Running start(Setting setting) throws IOException;

    /// Starts it among others, of which it may be another state.
    ///
    /// @param others that run already, by name
    default Running start(Setting setting, Map<String, Running> others) throws IOException {
        return start(setting);
    }

    /// Whether it learns what it does while it runs, so that it has to be warmed up.
    default boolean isWarmedUp() {
        return false;
    }

    /// Whether its work is done by the kernel on account of who sends: then its cost is what the
    /// stations spend more than without it.
    default boolean isInKernel() {
        return false;
    }

    /// Opens the place that it needs for itself; empty when it shares everybody's.
    default Optional<Place> openPlace() throws IOException {
        return Optional.empty();
    }

    /// A place where processes run: a network namespace.
    interface Place extends AutoCloseable {

        /// What stands before a command that is to run there.
        List<String> prefix();

        @Override
        void close();
    }
}
