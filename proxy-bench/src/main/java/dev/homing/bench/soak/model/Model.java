package dev.homing.bench.soak.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What may fail, when, and why: everything else must not. Any thread.
///
/// - An **attempt** to connect may fail if Homing, or a server that new connections may be sent to,
///   was out at some time between its beginning and its failure.
/// - A **connection** may end if its own server was lost since the attempt began. That the server
///   has left the configuration is no excuse: it drains. Nor is an outage of Homing, as long as the
///   connection IDs say which server it is. But a *transfer* that an outage of Homing **cut** may
///   stall for good: quiche, as Netty 4.2.18 has it, repeats what it had sent to an old address by
///   probe timeouts only. Without Homing, of transfers whose client is cut off for five seconds and
///   comes back with another address, more than half never end.
/// - A client that **moves** may lose its connection if at that time nothing but its old address
///   told which server is its own. One that was **silent** for so long that Homing has forgotten it
///   may be lost if nothing but that memory told.
/// - A connection may **begin** on a server that took new connections at some time since the
///   attempt began.
public final class Model {

    private static final long NOT_YET = Long.MAX_VALUE;

    /// A time during which attempts may fail.
    public final class Outage {

        private final String what;
        private final boolean isHomings;
        private final long fromNanos;
        private long toNanos = NOT_YET;

        private Outage(String what, boolean isHomings, long fromNanos) {
            this.what = what;
            this.isHomings = isHomings;
            this.fromNanos = fromNanos;
        }

        private boolean meets(long fromNanos, long toNanos) {
            return this.fromNanos <= toNanos && this.toNanos >= fromNanos;
        }

        public void end(long atNanos) {
            synchronized (Model.this) {
                toNanos = atNanos;
            }
        }
    }

    private record Loss(long atNanos, String why) {}

    /// Something that is said of a server begins or ceases to be true; before it has been said, it
    /// is.
    private record Turn(long atNanos, boolean isTrue) {}

    private final List<Outage> outages = new ArrayList<>();
    private final Map<String, List<Loss>> losses = new HashMap<>();
    private final Map<String, List<Turn>> takingNew = new HashMap<>();
    private final Map<String, List<Turn>> followed = new HashMap<>();
    private final Set<String> remembered = new HashSet<>();

    /// Some server goes out from now on.
    public Outage outage(String what, long atNanos) {
        return outage(what, false, atNanos);
    }

    /// Homing goes out from now on.
    public Outage outageOfHoming(String what, long atNanos) {
        return outage(what, true, atNanos);
    }

    private synchronized Outage outage(String what, boolean isHomings, long atNanos) {
        Outage outage = new Outage(what, isHomings, atNanos);
        outages.add(outage);
        return outage;
    }

    /// Whether Homing was out during some of a transfer.
    public synchronized boolean isCut(long fromNanos, long toNanos) {
        return outages.stream()
                .anyMatch(outage -> outage.isHomings && outage.meets(fromNanos, toNanos));
    }

    /// All connections of a server may end from now on; those that begin later may not.
    public synchronized void lost(String server, String why, long atNanos) {
        losses.computeIfAbsent(server, name -> new ArrayList<>()).add(new Loss(atNanos, why));
    }

    /// Says whether a server is to get new connections from now on.
    public synchronized void takesNew(String server, boolean takesNew, long atNanos) {
        turn(takingNew, server, takesNew, atNanos);
    }

    /// Says whether from now on a server's clients that move are to be recognized.
    public synchronized void followsMoves(String server, boolean follows, long atNanos) {
        turn(followed, server, follows, atNanos);
    }

    /// Says that no connection ID of this server ever says whose it is.
    public synchronized void isRemembered(String server) {
        remembered.add(server);
    }

    private static void turn(
            Map<String, List<Turn>> turns, String server, boolean isTrue, long atNanos) {
        turns.computeIfAbsent(server, name -> new ArrayList<>()).add(new Turn(atNanos, isTrue));
    }

    /// Why an attempt may have failed.
    public synchronized Optional<String> excuse(long fromNanos, long toNanos) {
        return outages.stream()
                .filter(outage -> outage.meets(fromNanos, toNanos))
                .map(outage -> outage.what)
                .findFirst();
    }

    /// Why a connection with this server may have ended.
    ///
    /// @param fromNanos when the attempt began
    public synchronized Optional<String> excuse(String server, long fromNanos, long toNanos) {
        return losses.getOrDefault(server, List.of()).stream()
                .filter(loss -> loss.atNanos() >= fromNanos && loss.atNanos() <= toNanos)
                .map(Loss::why)
                .findFirst();
    }

    /// Whether an attempt may have led to this server.
    public synchronized boolean mayHaveTaken(String server, long fromNanos, long toNanos) {
        return wasEver(true, takingNew, server, fromNanos, toNanos);
    }

    /// Whether a client of this server may have been lost by a move.
    public synchronized boolean mayHaveLostByMove(String server, long fromNanos, long toNanos) {
        return wasEver(false, followed, server, fromNanos, toNanos);
    }

    /// Whether a client of this server may have been lost that came back after a long silence.
    public synchronized boolean mayHaveLostBySilence(String server, long fromNanos, long toNanos) {
        return remembered.contains(server) || mayHaveLostByMove(server, fromNanos, toNanos);
    }

    private static boolean wasEver(
            boolean wanted,
            Map<String, List<Turn>> turns,
            String server,
            long fromNanos,
            long toNanos) {
        boolean before = true;
        boolean wasMeanwhile = false;
        for (Turn turn : turns.getOrDefault(server, List.of())) {
            if (turn.atNanos() <= fromNanos) {
                before = turn.isTrue();
            } else if (turn.atNanos() <= toNanos) {
                wasMeanwhile |= turn.isTrue() == wanted;
            }
        }
        return before == wanted || wasMeanwhile;
    }
}
