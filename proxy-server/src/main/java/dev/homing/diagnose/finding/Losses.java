package dev.homing.diagnose.finding;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Side;
import dev.homing.observe.samples.Interval;

/// What was lost in an interval, by who lost it, and what happened besides.
public final class Losses {

    private Losses() {}

    public static double dropped(Interval interval, Side side, DropReason reason) {
        return interval.increase(Series.DROPPED, "side", side.label(), "reason", reason.label());
    }

    public static double happened(Interval interval, Event event) {
        return interval.increase(Series.EVENTS, "event", event.label());
    }

    public static double ofSockets(Interval interval) {
        return interval.increase(Series.SOCKET_DROPS) + interval.increase(Series.PORT_DROPS);
    }

    /// Whether there was not enough CPU for what came: only then does it matter who took it.
    public static boolean isForLackOfTime(Interval interval) {
        return ofSockets(interval) > 0
                || dropped(interval, Side.CLIENT, DropReason.QUEUE_FULL) > 0
                || interval.increase(Series.SOFTNET, "counter", "dropped") > 0
                || interval.increase(Series.NIC, "counter", "rx_missed") > 0
                || interval.increase(Series.NIC, "counter", "rx_fifo") > 0
                || interval.increase(Series.UDP, "counter", "receive_buffer_errors") > 0;
    }
}
