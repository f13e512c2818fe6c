package dev.homing.bench.subject;

import dev.homing.bench.measure.ProcessTime;
import java.io.IOException;
import java.util.OptionalLong;

/// A Homing that is watched while it is measured, and at no other time.
///
/// @param isOwner whether the process ends with it; else it is somebody else's as well
record WatchedHoming(HomingProcess process, boolean isOwner) implements Running {

    @Override
    public OptionalLong pid() {
        return process.pid();
    }

    @Override
    public int port() {
        return process.port();
    }

    @Override
    public ProcessTime time() throws IOException {
        return process.time();
    }

    @Override
    public Account account() throws IOException {
        return process.account();
    }

    /// What another state has of sessions cannot be told from its own.
    @Override
    public OptionalLong memoryBytes() throws IOException {
        return isOwner ? process.memoryBytes() : OptionalLong.empty();
    }

    @Override
    public State enter(boolean isWarmUp) throws IOException {
        return Watcher.begin(process.adminPort(), isWarmUp);
    }

    @Override
    public void close() {
        if (isOwner) {
            process.close();
        }
    }
}
