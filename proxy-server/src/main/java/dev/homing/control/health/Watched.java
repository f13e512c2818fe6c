package dev.homing.control.health;

import dev.homing.control.config.health.HealthSettings;
import java.net.InetSocketAddress;

/// One backend address that is watched, and when it is asked next. The thread `health`, but for
/// what is said to be for any.
final class Watched {

    private final InetSocketAddress address;
    private final BackendHealth health;
    private final Recent sessions = new Recent(Silence.WINDOW_NS);
    private volatile String name;

    /// When the next probe is due.
    private long dueNs;

    private boolean isUnderWay;
    private boolean isGone;
    private long icmpErrors;
    private long lastProbeNs;
    private long turnedNs;

    Watched(String name, InetSocketAddress address, HealthSettings settings, long nowNs) {
        this.name = name;
        this.address = address;
        health = new BackendHealth(settings);
        lastProbeNs = nowNs;
        turnedNs = nowNs;
    }

    InetSocketAddress address() {
        return address;
    }

    BackendHealth health() {
        return health;
    }

    /// Answered and unanswered ones.
    Recent sessions() {
        return sessions;
    }

    /// As the operator calls it. Any thread.
    String name() {
        return name;
    }

    void rename(String changed) {
        name = changed;
    }

    long dueNs() {
        return dueNs;
    }

    void setDue(long ns) {
        dueNs = ns;
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    void leave(long nowNs) {
        isUnderWay = true;
        lastProbeNs = nowNs;
    }

    void arrive() {
        isUnderWay = false;
    }

    long lastProbeNs() {
        return lastProbeNs;
    }

    /// No pool lists it any more.
    boolean isGone() {
        return isGone;
    }

    void go() {
        isGone = true;
    }

    /// @return whether there are more ICMP errors than at the last call
    boolean noteIcmpErrors(long count) {
        boolean isMore = count > icmpErrors;
        icmpErrors = count;
        return isMore;
    }

    /// It has come up or gone down.
    ///
    /// @return how long it was as it was, in ns
    long turn(long nowNs) {
        long wasNs = nowNs - turnedNs;
        turnedNs = nowNs;
        return wasNs;
    }
}
