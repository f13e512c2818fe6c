package dev.homing.session;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Event;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.route.Backend;
import java.lang.foreign.SegmentAllocator;

/// The sessions of one shard: found by flow on the way forward, and by source tuple and backend on
/// the way back. A session is a number; [#NONE] is none.
///
/// ```
/// flow ─────────► latest session ─► earlier session ─► ...      one for each backend that the flow talks to
/// (backend port, source address, backend) ─► session            return traffic, never by connection ID
/// ```
///
/// Owned by one shard.
public final class SessionTable {

    public static final int NONE = SessionRecords.NONE;

    private final SessionLimits limits;
    private final SessionRecords records;
    private final HashIndex byFlow;
    private final HashIndex bySource;
    private final ExpiryQueue halfOpen;
    private final ExpiryQueue established;
    private final SourceTuples tuples;
    private final SipHash hash;
    private final Ledger ledger;

    /// Records below were used at least once; those of them that are free are chained by their link
    /// in the flow.
    private int firstUnused;

    private int firstFree = NONE;

    public SessionTable(
            SegmentAllocator memory,
            SessionLimits limits,
            BackendPorts ports,
            SourceAddresses ipv4,
            SourceAddresses ipv6,
            SipHash hash,
            Ledger ledger) {
        this.limits = limits;
        this.hash = hash;
        this.ledger = ledger;
        records = new SessionRecords(memory, limits.sessions());
        byFlow = new HashIndex(memory, limits.sessions());
        bySource = new HashIndex(memory, limits.sessions());
        halfOpen = new ExpiryQueue(records, limits.halfOpenTimeoutSeconds());
        established = new ExpiryQueue(records, limits.idleTimeoutSeconds());
        tuples = new SourceTuples(ports, ipv4, ipv6);
    }

    // Finding.

    /// The session of a client's datagram toward a backend.
    public int find(Datagram datagram, int backend) {
        int session = latest(datagram);
        while (session != NONE && records.backend(session) != backend) {
            session = records.nextInFlow(session);
        }
        return session;
    }

    /// The latest session of a client's datagram's flow.
    public int latest(Datagram datagram) {
        int slot = flowSlot(datagram);
        return slot == HashIndex.END ? NONE : byFlow.number(slot);
    }

    /// The session of the same flow that was opened before.
    public int earlier(int session) {
        return records.nextInFlow(session);
    }

    private int flowSlot(Datagram datagram) {
        long flowHash = datagram.flowHash();
        int slot = byFlow.first(flowHash);
        while (slot != HashIndex.END
                && !records.isFlow(
                        byFlow.number(slot),
                        datagram.peer(),
                        datagram.local(),
                        datagram.listener())) {
            slot = byFlow.next(slot, flowHash);
        }
        return slot;
    }

    /// The session that a backend's datagram belongs to, by the port and the local address that it
    /// came to.
    public int findBySource(int backendPort, Address local, Backend backend) {
        int sourceAddress = tuples.addresses(backend.isIpv4()).numberOf(local);
        return sourceAddress == SourceAddresses.UNKNOWN
                ? NONE
                : bySource(backendPort, sourceAddress, backend.id());
    }

    private int bySource(int backendPort, int sourceAddress, int backend) {
        int slot = sourceSlot(backendPort, sourceAddress, backend);
        return slot == HashIndex.END ? NONE : bySource.number(slot);
    }

    private int sourceSlot(int backendPort, int sourceAddress, int backend) {
        long sourceHash = hash.hash(backendPort, sourceAddress, backend);
        int slot = bySource.first(sourceHash);
        while (slot != HashIndex.END) {
            int session = bySource.number(slot);
            if (records.backendPort(session) == backendPort
                    && records.sourceAddress(session) == sourceAddress
                    && records.backend(session) == backend) {
                return slot;
            }
            slot = bySource.next(slot, sourceHash);
        }
        return HashIndex.END;
    }

    // Opening and closing.

    /// Opens a half-open session for the flow of a client's datagram toward a backend that it has
    /// none to.
    ///
    /// @return the session, or [#refused] with the reason why there can be none
    public int open(Datagram datagram, Backend backend, int nowSeconds) {
        if (halfOpen.size() >= limits.halfOpen() || isFull()) {
            if (halfOpen.oldest() == NONE) {
                return refused(DropReason.SESSIONS_FULL);
            }
            ledger.count(Event.SESSION_EVICTED);
            close(halfOpen.oldest(), nowSeconds);
        }
        long tuple = tuples.take(backend.id(), backend.isIpv4(), nowSeconds);
        if (tuple == SourceTuples.NONE) {
            return refused(DropReason.NO_SOURCE_TUPLE);
        }
        int session = takeRecord();
        records.create(
                session,
                datagram.peer(),
                datagram.local(),
                datagram.listener(),
                datagram.flowHash());
        records.setBackend(
                session, backend.id(), SourceTuples.port(tuple), SourceTuples.address(tuple));
        records.setLastUsed(session, nowSeconds);
        linkFlow(session, datagram);
        bySource.add(
                hash.hash(SourceTuples.port(tuple), SourceTuples.address(tuple), backend.id()),
                session);
        halfOpen.add(session, nowSeconds);
        ledger.count(Event.SESSION_OPENED);
        ledger.sessions(SessionState.HALF_OPEN, 1);
        ledger.backendSessions(backend.id(), 1);
        return session;
    }

    /// What stands for a session that there cannot be: a number below [#NONE].
    public static int refused(DropReason reason) {
        return ~(reason.ordinal() + 1);
    }

    /// The reason that [#refused] was given.
    public static DropReason reason(int refused) {
        return Reasons.ALL[~refused - 1];
    }

    private boolean isFull() {
        return firstFree == NONE && firstUnused == limits.sessions();
    }

    private int takeRecord() {
        if (firstFree == NONE) {
            return firstUnused++;
        }
        int session = firstFree;
        firstFree = records.nextInFlow(session);
        return session;
    }

    private void linkFlow(int session, Datagram datagram) {
        int slot = flowSlot(datagram);
        if (slot == HashIndex.END) {
            records.setNextInFlow(session, NONE);
            byFlow.add(datagram.flowHash(), session);
        } else {
            records.setNextInFlow(session, byFlow.number(slot));
            byFlow.replace(slot, datagram.flowHash(), session);
        }
    }

    private void close(int session, int nowSeconds) {
        boolean isEstablished = records.isEstablished(session);
        (isEstablished ? established : halfOpen).remove(session);
        unlinkFlow(session);
        int backendPort = records.backendPort(session);
        int sourceAddress = records.sourceAddress(session);
        int backend = records.backend(session);
        bySource.remove(sourceSlot(backendPort, sourceAddress, backend));
        tuples.release(backend, SourceTuples.tuple(backendPort, sourceAddress), nowSeconds);
        records.setNextInFlow(session, firstFree);
        firstFree = session;
        ledger.sessions(isEstablished ? SessionState.ESTABLISHED : SessionState.HALF_OPEN, -1);
        ledger.backendSessions(backend, -1);
    }

    private void unlinkFlow(int session) {
        long flowHash = records.flowHash(session);
        int next = records.nextInFlow(session);
        int slot = byFlow.first(flowHash);
        while (slot != HashIndex.END) {
            int other = byFlow.number(slot);
            if (other == session) {
                if (next == NONE) {
                    byFlow.remove(slot);
                } else {
                    byFlow.replace(slot, flowHash, next);
                }
                return;
            }
            while (other != NONE) {
                int after = records.nextInFlow(other);
                if (after == session) {
                    records.setNextInFlow(other, next);
                    return;
                }
                other = after;
            }
            slot = byFlow.next(slot, flowHash);
        }
    }

    /// Closes sessions that have been idle for their timeout.
    ///
    /// @param looks at how many sessions of each state it looks at most
    /// @return whether there may be more to look at
    public boolean expire(int nowSeconds, int looks) {
        boolean isMoreHalfOpen = expire(halfOpen, nowSeconds, looks);
        return expire(established, nowSeconds, looks) || isMoreHalfOpen;
    }

    private boolean expire(ExpiryQueue queue, int nowSeconds, int looks) {
        for (int i = 0; i < looks && queue.isDue(nowSeconds); i++) {
            int session = queue.oldest();
            if (queue.hasExpired(session, nowSeconds)) {
                ledger.count(Event.SESSION_EXPIRED);
                if (records.expectsAnswer(session) && !records.isAnswered(session)) {
                    ledger.backendUnanswered(records.backend(session));
                }
                close(session, nowSeconds);
            } else {
                queue.moveToTail(session, nowSeconds);
            }
        }
        return queue.isDue(nowSeconds);
    }

    // Of one session.

    public void markUsed(int session, int nowSeconds) {
        records.setLastUsed(session, nowSeconds);
    }

    /// The client's address is real: from now on no flood evicts the session.
    public void establish(int session, int nowSeconds) {
        if (records.isEstablished(session)) {
            return;
        }
        halfOpen.remove(session);
        records.setEstablished(session);
        established.add(session, nowSeconds);
        ledger.count(Event.SESSION_ESTABLISHED);
        ledger.sessions(SessionState.HALF_OPEN, -1);
        ledger.sessions(SessionState.ESTABLISHED, 1);
    }

    public boolean isEstablished(int session) {
        return records.isEstablished(session);
    }

    public int backend(int session) {
        return records.backend(session);
    }

    public int backendPort(int session) {
        return records.backendPort(session);
    }

    public int listener(int session) {
        return records.listener(session);
    }

    /// Writes the address to send from toward the backend; none when the kernel chooses.
    public void readSource(int session, boolean isIpv4, Address into) {
        tuples.addresses(isIpv4).read(records.sourceAddress(session), into);
    }

    public void readClient(int session, Address into) {
        records.readClient(session, into);
    }

    /// Writes the local address that the client knows Homing by.
    public void readLocal(int session, Address into) {
        records.readLocal(session, into);
    }

    /// Hashes of the two connection IDs in the packet that the client's latest connection began
    /// with.
    public void setFirstIds(int session, int clientId, int firstId) {
        records.setIds(session, clientId, firstId);
    }

    public boolean isClientId(int session, int clientId) {
        return records.clientId(session) == clientId;
    }

    public boolean isFirstId(int session, int firstId) {
        return records.firstId(session) == firstId;
    }

    public boolean isServerId(int session, int serverId) {
        return records.serverId(session) == serverId;
    }

    /// Hash of the connection ID that the server chose last.
    public void setServerId(int session, int serverId) {
        records.setServerId(session, serverId);
    }

    /// Whether the backend has sent anything on this session.
    public boolean isAnswered(int session) {
        return records.isAnswered(session);
    }

    public void setAnswered(int session) {
        if (records.expectsAnswer(session) && !records.isAnswered(session)) {
            ledger.backendAnswered(records.backend(session));
        }
        records.setAnswered(session);
    }

    /// The session began with what a client chose by itself and consistent hashing alone sent here:
    /// a server that is well answers that, and no stranger can tell which server he asks.
    public void setExpectsAnswer(int session) {
        records.setExpectsAnswer(session);
    }

    /// Whether the client has named a connection ID that the server chose.
    public boolean isNamed(int session) {
        return records.isNamed(session);
    }

    public void setNamed(int session) {
        records.setNamed(session);
    }

    /// Octets of the connection ID that the server chose, −1 while unknown.
    public int serverIdLength(int session) {
        return records.serverIdLength(session);
    }

    public void setServerIdLength(int session, int length) {
        records.setServerIdLength(session, length);
    }

    /// Number of the trace that the session is recorded by, or of an earlier one; 0 for none.
    public int trace(int session) {
        return records.trace(session);
    }

    public void setTrace(int session, int number) {
        records.setTrace(session, number);
    }

    public boolean mayTeachAlias(int session) {
        return records.aliases(session) < limits.aliases();
    }

    public void countAlias(int session) {
        records.addAlias(session);
    }

    /// Cached, since values() makes a new array each time.
    private static final class Reasons {
        static final DropReason[] ALL = DropReason.values();
    }
}
