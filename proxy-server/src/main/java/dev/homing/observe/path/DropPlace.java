package dev.homing.observe.path;

import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// At which hop a datagram with a drop reason was dropped.
public final class DropPlace {

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

    private DropPlace() {}

    /// @param side the datagram was received from; a shard reads what backends send by itself
    public static Place of(Side side, DropReason reason) {
        boolean isAnswer = side == Side.BACKEND;
        return switch (reason) {
            case EMPTY, TRUNCATED_HEADER, TRUNCATED_DATAGRAM, NO_CLIENT_PORT ->
                    isAnswer ? Place.ANSWER_SHARD : Place.RECEIVER;
            // Slots are as many as the queues hold.
            case QUEUE_FULL, NO_SLOT -> isAnswer ? Place.ANSWER_SHARD : Place.QUEUE;
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
                    isAnswer ? Place.ANSWER_SHARD : Place.SHARD;
            case TOO_BIG, SEND_BUFFER_FULL, UNREACHABLE, REFUSED_SOURCE, SEND_FAILED ->
                    isAnswer ? Place.ANSWER_SEND : Place.SEND;
        };
    }

    /// Whether strangers and healthy traffic bring it with them.
    public static boolean isUsual(DropReason reason) {
        return USUAL.contains(reason);
    }

    /// What is dropped at a place.
    static List<Loss> losses(Place place) {
        List<Loss> losses = new ArrayList<>();
        for (Side side : Side.values()) {
            for (DropReason reason : DropReason.values()) {
                if (of(side, reason) == place) {
                    losses.add(loss(side, reason));
                }
            }
        }
        return losses;
    }

    private static Loss loss(Side side, DropReason reason) {
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
        return isUsual(reason) ? loss.usual(0, USUAL_SHARE, 0) : loss;
    }
}
