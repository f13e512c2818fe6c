package dev.homing.observe.path;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// At which hop a datagram with a drop reason was dropped.
enum DropPlace {
    RECEIVER,
    QUEUE,
    SHARD,
    SEND;

    /// @param side the datagram was received from; a shard reads what backends send by itself
    static DropPlace of(Side side, DropReason reason) {
        return switch (reason) {
            case EMPTY, TRUNCATED_HEADER, TRUNCATED_DATAGRAM, NO_CLIENT_PORT, NO_SLOT ->
                    side == Side.CLIENT ? RECEIVER : SHARD;
            case QUEUE_FULL -> QUEUE;
            case NO_BACKEND, DRAINING, SESSIONS_FULL, NO_SOURCE_TUPLE, UNKNOWN_SENDER, NO_SESSION ->
                    SHARD;
            case TOO_BIG, SEND_BUFFER_FULL, UNREACHABLE, REFUSED_SOURCE, SEND_FAILED -> SEND;
        };
    }

    /// The name of the hop.
    String hop() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The losses of this place, from a side.
    List<Loss> losses(Side side) {
        List<Loss> losses = new ArrayList<>();
        for (DropReason reason : DropReason.values()) {
            if (of(side, reason) == this) {
                losses.add(
                        Loss.of(
                                Counter.of(
                                        "homing_datagrams_dropped_total",
                                        "side",
                                        side.label(),
                                        "reason",
                                        reason.label()),
                                reason.sentence(),
                                reason.remedy()));
            }
        }
        return losses;
    }
}
