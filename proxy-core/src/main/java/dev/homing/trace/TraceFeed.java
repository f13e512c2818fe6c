package dev.homing.trace;

/// Where whoever asks for a trace puts its [Selection], and every thread finds it. Any thread.
public final class TraceFeed {

    private volatile Selection latest = Selection.NONE;

    public Selection latest() {
        return latest;
    }

    /// Takes effect with the next turn of each thread; [Selection#NONE] ends the trace.
    public void publish(Selection selection) {
        latest = selection;
    }
}
