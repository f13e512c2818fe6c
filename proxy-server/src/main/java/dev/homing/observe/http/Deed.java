package dev.homing.observe.http;

import java.util.concurrent.CompletionStage;

/// Something that a request does, rather than shows (POST).
@FunctionalInterface
public interface Deed {

    /// What has come of it.
    ///
    /// @param status of HTTP
    /// @param json for programs
    record Done(int status, String json) {}

    /// Begins it, and returns at once. Called by the server's own thread.
    CompletionStage<Done> begin();
}
