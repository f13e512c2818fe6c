package dev.homing.session;

/// The sessions of one state, in the order in which they are looked at again. A datagram does not
/// move its session in the queue: it only notes the time. A session at the head that was used since
/// is put to the tail instead of expiring, so that each is looked at a few times in its timeout,
/// and expires at most an eighth late.
///
/// The links are in the records. Owned by one shard.
final class ExpiryQueue {

    private static final int NONE = SessionRecords.NONE;
    private static final int LOOKS_PER_TIMEOUT = 8;

    private final SessionRecords records;
    private final int timeoutSeconds;
    private final int patienceSeconds;
    private int head = NONE;
    private int tail = NONE;
    private int size;

    ExpiryQueue(SessionRecords records, int timeoutSeconds) {
        this.records = records;
        this.timeoutSeconds = timeoutSeconds;
        this.patienceSeconds = Math.max(1, timeoutSeconds / LOOKS_PER_TIMEOUT);
    }

    int size() {
        return size;
    }

    /// The session that has been in the queue for longest, or [SessionRecords#NONE].
    int oldest() {
        return head;
    }

    void add(int session, int nowSeconds) {
        records.setQueuedSince(session, nowSeconds);
        records.setQueuePrevious(session, tail);
        records.setQueueNext(session, NONE);
        if (tail == NONE) {
            head = session;
        } else {
            records.setQueueNext(tail, session);
        }
        tail = session;
        size++;
    }

    void remove(int session) {
        int previous = records.queuePrevious(session);
        int next = records.queueNext(session);
        if (previous == NONE) {
            head = next;
        } else {
            records.setQueueNext(previous, next);
        }
        if (next == NONE) {
            tail = previous;
        } else {
            records.setQueuePrevious(next, previous);
        }
        size--;
    }

    /// Whether it is time to look at the oldest.
    boolean isDue(int nowSeconds) {
        return head != NONE && nowSeconds - records.queuedSince(head) >= patienceSeconds;
    }

    boolean hasExpired(int session, int nowSeconds) {
        return nowSeconds - records.lastUsed(session) >= timeoutSeconds;
    }

    void moveToTail(int session, int nowSeconds) {
        remove(session);
        add(session, nowSeconds);
    }
}
