package dev.homing.observe.path;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// At which hop a datagram with a drop reason was dropped.
public enum DropPlace {
    RECEIVER,
    QUEUE,
    SHARD,
    SEND;

    /// What strangers and healthy traffic bring with them: scans, probes of the path's MTU, late
    /// answers, and what limits are for. More than this share of what is received is more than
    /// that.
    public static final double USUAL_SHARE = 0.05;

    private static final Set<DropReason> USUAL =
            EnumSet.of(
                    DropReason.EMPTY,
                    DropReason.TRUNCATED_HEADER,
                    DropReason.NO_CLIENT_PORT,
                    DropReason.DRAINING,
                    DropReason.NOT_QUIC,
                    DropReason.SMALL_INITIAL,
                    DropReason.VERSION_REFUSED,
                    DropReason.NEW_CONNECTIONS_LIMIT,
                    DropReason.ADDRESS_LIMIT,
                    DropReason.NETWORK_LIMIT,
                    DropReason.BACKEND_LIMIT,
                    DropReason.UNKNOWN_SENDER,
                    DropReason.NO_SESSION,
                    DropReason.TOO_BIG);

    /// @param side the datagram was received from; a shard reads what backends send by itself
    public static DropPlace of(Side side, DropReason reason) {
        return switch (reason) {
            case EMPTY, TRUNCATED_HEADER, TRUNCATED_DATAGRAM, NO_CLIENT_PORT ->
                    side == Side.CLIENT ? RECEIVER : SHARD;
            // Slots are as many as the queues hold.
            case QUEUE_FULL, NO_SLOT -> side == Side.CLIENT ? QUEUE : SHARD;
            case NO_BACKEND,
                    DRAINING,
                    NOT_QUIC,
                    SMALL_INITIAL,
                    VERSION_REFUSED,
                    NEW_CONNECTIONS_LIMIT,
                    ADDRESS_LIMIT,
                    NETWORK_LIMIT,
                    BACKEND_LIMIT,
                    SESSIONS_FULL,
                    NO_SOURCE_TUPLE,
                    UNKNOWN_SENDER,
                    NO_SESSION ->
                    SHARD;
            case TOO_BIG, SEND_BUFFER_FULL, UNREACHABLE, REFUSED_SOURCE, SEND_FAILED -> SEND;
        };
    }

    /// Whether strangers and healthy traffic bring it with them.
    public static boolean isUsual(DropReason reason) {
        return USUAL.contains(reason);
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
                Loss loss =
                        Loss.of(
                                Counter.of(
                                        "homing_datagrams_dropped_total",
                                        "side",
                                        side.label(),
                                        "reason",
                                        reason.label()),
                                reason.sentence(),
                                reason.remedy());
                losses.add(isUsual(reason) ? loss.usualUpTo(USUAL_SHARE) : loss);
            }
        }
        return losses;
    }
}
