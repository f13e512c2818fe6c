package dev.homing.control.routing;

import dev.homing.route.BackendState;

/// How things stand with one backend address apart from what the configuration says of it.
///
/// @param isDown health has found that it does not answer
/// @param isDrained an operator has drained it, until it is activated again or leaves the
///   configuration
/// @param share of its configured weight, from 0 to 1: less than 1 while a backend that has joined
///   starts slowly
public record Standing(boolean isDown, boolean isDrained, double share) {

    /// Of a backend that nobody has said anything about.
    public static final Standing GOOD = new Standing(false, false, 1);

    public Standing {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share is from 0 to 1, and not " + share);
        }
    }

    public Standing down(boolean is) {
        return new Standing(is, isDrained, share);
    }

    public Standing drained(boolean is) {
        return new Standing(isDown, is, share);
    }

    public Standing withShare(double ofWeight) {
        return new Standing(isDown, isDrained, ofWeight);
    }

    /// What the data plane is told of a backend that is configured to be in a state.
    BackendState state(BackendState configured) {
        if (isDown) {
            return BackendState.DOWN;
        }
        return isDrained ? BackendState.DRAINING : configured;
    }

    /// What the data plane is told of a backend that is configured to have a weight: its share, and
    /// some of it if it has any.
    int weight(int configured) {
        return configured == 0 || share == 0
                ? 0
                : Math.max(1, (int) Math.round(configured * share));
    }
}
