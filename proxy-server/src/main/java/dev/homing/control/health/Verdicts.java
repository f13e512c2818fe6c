package dev.homing.control.health;

import java.net.InetSocketAddress;
import java.util.Map;

/// Where it goes which backends are down. Called by the thread `health`.
public interface Verdicts {

    /// @param isDown by backend address; of others nothing has changed
    void change(Map<InetSocketAddress, Boolean> isDown);

    /// Called several times a second, whether anything has changed or not.
    void tick();
}
