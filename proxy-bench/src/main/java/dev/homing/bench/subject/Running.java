package dev.homing.bench.subject;

import dev.homing.bench.measure.ProcessTime;
import dev.homing.bench.measure.SocketDrops;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;

/// A subject that runs.
public interface Running extends AutoCloseable {

    /// Of its process; empty when it has none.
    OptionalLong pid();

    /// Where clients send to, on the loopback address.
    int port();

    /// Where backends send to when the subject does not answer from sessions; 0 when they answer to
    /// where each client's datagrams came from.
    default int returnPort() {
        return 0;
    }

    default ProcessTime time() throws IOException {
        OptionalLong pid = pid();
        return pid.isPresent() ? ProcessTime.of(pid.getAsLong()) : new ProcessTime(Map.of());
    }

    default long socketDrops() throws IOException {
        OptionalLong pid = pid();
        return pid.isPresent() ? SocketDrops.of(pid.getAsLong()) : 0;
    }

    /// What it says of itself so far.
    default Account account() throws IOException {
        return Account.NONE;
    }

    /// Its memory now, heap and the rest; empty when it cannot say.
    default OptionalLong memoryBytes() throws IOException {
        return OptionalLong.empty();
    }

    /// Puts it into the state in which it is measured.
    ///
    /// @param isWarmUp whether that is for the JVM to compile what the state needs
    default State enter(boolean isWarmUp) throws IOException {
        return () -> {};
    }

    @Override
    void close();

    /// Lasts until it is closed.
    @FunctionalInterface
    interface State extends AutoCloseable {

        /// @throws IOException if it was not in that state all the time
        @Override
        void close() throws IOException;
    }
}
