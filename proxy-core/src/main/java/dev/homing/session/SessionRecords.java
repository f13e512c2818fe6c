package dev.homing.session;

import dev.homing.datagram.Address;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// The sessions of one shard, as records of 96 octets in one block of memory. A session is a
/// number: its record's place.
///
/// ```
///  0  client address (16)                         16  local address that the client writes to (16)
/// 32  client port (2) | listener (2)              36  scope of the client's address (4)
/// 40  backend (4)                                 44  backend port (4)
/// 48  number of the source address (4)            52  next session of the same flow (4)
/// 56  last used, in seconds (4)                   60  in the expiry queue since, in seconds (4)
/// 64  previous in the expiry queue (4)            68  next in the expiry queue (4)
/// 72  flow hash (8)
/// 80  hash of the client's connection ID (4)      84  hash of the client's first choice for the server (4)
/// 88  flags (1) | server connection ID length + 1 (1) | aliases (1) | unused (1)
/// 92  hash of the server's latest connection ID (4)
/// ```
///
/// The forward path touches one cache line and a half. Owned by one shard.
final class SessionRecords {

    static final int NONE = -1;
    static final int RECORD_BYTES = 96;

    private static final int CLIENT_HIGH = 0;
    private static final int CLIENT_LOW = 8;
    private static final int LOCAL_HIGH = 16;
    private static final int LOCAL_LOW = 24;
    private static final int CLIENT_PORT = 32;
    private static final int LISTENER = 34;
    private static final int SCOPE = 36;
    private static final int BACKEND = 40;
    private static final int BACKEND_PORT = 44;
    private static final int SOURCE_ADDRESS = 48;
    private static final int NEXT_IN_FLOW = 52;
    private static final int LAST_USED = 56;
    private static final int QUEUED_SINCE = 60;
    private static final int QUEUE_PREVIOUS = 64;
    private static final int QUEUE_NEXT = 68;
    private static final int FLOW_HASH = 72;
    private static final int CLIENT_ID = 80;
    private static final int FIRST_ID = 84;
    private static final int FLAGS = 88;
    private static final int SERVER_ID_LENGTH = 89;
    private static final int ALIASES = 90;
    private static final int SERVER_ID = 92;

    private static final int ESTABLISHED = 1;
    private static final int ANSWERED = 2;
    private static final int NAMED = 4;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final MemorySegment records;

    SessionRecords(SegmentAllocator memory, int capacity) {
        records = memory.allocate((long) capacity * RECORD_BYTES, Long.BYTES);
    }

    private static long at(int session, int offset) {
        return (long) session * RECORD_BYTES + offset;
    }

    void create(int session, Address client, Address local, int listener, long flowHash) {
        records.set(LONG, at(session, CLIENT_HIGH), client.high());
        records.set(LONG, at(session, CLIENT_LOW), client.low());
        records.set(LONG, at(session, LOCAL_HIGH), local.high());
        records.set(LONG, at(session, LOCAL_LOW), local.low());
        records.set(SHORT, at(session, CLIENT_PORT), (short) client.port());
        records.set(SHORT, at(session, LISTENER), (short) listener);
        records.set(INT, at(session, SCOPE), client.scope());
        records.set(LONG, at(session, FLOW_HASH), flowHash);
        records.set(INT, at(session, CLIENT_ID), 0);
        records.set(INT, at(session, FIRST_ID), 0);
        records.set(LONG, at(session, FLAGS), 0); // and all that follows
    }

    void setBackend(int session, int backend, int backendPort, int sourceAddress) {
        records.set(INT, at(session, BACKEND), backend);
        records.set(INT, at(session, BACKEND_PORT), backendPort);
        records.set(INT, at(session, SOURCE_ADDRESS), sourceAddress);
    }

    boolean isFlow(int session, Address client, Address local, int listener) {
        return records.get(LONG, at(session, CLIENT_LOW)) == client.low()
                && records.get(LONG, at(session, CLIENT_HIGH)) == client.high()
                && records.get(SHORT, at(session, CLIENT_PORT)) == (short) client.port()
                && records.get(LONG, at(session, LOCAL_LOW)) == local.low()
                && records.get(LONG, at(session, LOCAL_HIGH)) == local.high()
                && listener(session) == listener;
    }

    void readClient(int session, Address into) {
        into.set(
                records.get(LONG, at(session, CLIENT_HIGH)),
                records.get(LONG, at(session, CLIENT_LOW)),
                Short.toUnsignedInt(records.get(SHORT, at(session, CLIENT_PORT))),
                records.get(INT, at(session, SCOPE)));
    }

    void readLocal(int session, Address into) {
        into.set(
                records.get(LONG, at(session, LOCAL_HIGH)),
                records.get(LONG, at(session, LOCAL_LOW)),
                0,
                records.get(INT, at(session, SCOPE)));
    }

    int listener(int session) {
        return Short.toUnsignedInt(records.get(SHORT, at(session, LISTENER)));
    }

    int backend(int session) {
        return records.get(INT, at(session, BACKEND));
    }

    int backendPort(int session) {
        return records.get(INT, at(session, BACKEND_PORT));
    }

    int sourceAddress(int session) {
        return records.get(INT, at(session, SOURCE_ADDRESS));
    }

    long flowHash(int session) {
        return records.get(LONG, at(session, FLOW_HASH));
    }

    int nextInFlow(int session) {
        return records.get(INT, at(session, NEXT_IN_FLOW));
    }

    void setNextInFlow(int session, int next) {
        records.set(INT, at(session, NEXT_IN_FLOW), next);
    }

    int lastUsed(int session) {
        return records.get(INT, at(session, LAST_USED));
    }

    void setLastUsed(int session, int seconds) {
        records.set(INT, at(session, LAST_USED), seconds);
    }

    int queuedSince(int session) {
        return records.get(INT, at(session, QUEUED_SINCE));
    }

    void setQueuedSince(int session, int seconds) {
        records.set(INT, at(session, QUEUED_SINCE), seconds);
    }

    int queuePrevious(int session) {
        return records.get(INT, at(session, QUEUE_PREVIOUS));
    }

    void setQueuePrevious(int session, int previous) {
        records.set(INT, at(session, QUEUE_PREVIOUS), previous);
    }

    int queueNext(int session) {
        return records.get(INT, at(session, QUEUE_NEXT));
    }

    void setQueueNext(int session, int next) {
        records.set(INT, at(session, QUEUE_NEXT), next);
    }

    int clientId(int session) {
        return records.get(INT, at(session, CLIENT_ID));
    }

    int firstId(int session) {
        return records.get(INT, at(session, FIRST_ID));
    }

    void setIds(int session, int clientId, int firstId) {
        records.set(INT, at(session, CLIENT_ID), clientId);
        records.set(INT, at(session, FIRST_ID), firstId);
    }

    int serverId(int session) {
        return records.get(INT, at(session, SERVER_ID));
    }

    void setServerId(int session, int serverId) {
        records.set(INT, at(session, SERVER_ID), serverId);
    }

    boolean isEstablished(int session) {
        return (flags(session) & ESTABLISHED) != 0;
    }

    void setEstablished(int session) {
        records.set(BYTE, at(session, FLAGS), (byte) (flags(session) | ESTABLISHED));
    }

    boolean isAnswered(int session) {
        return (flags(session) & ANSWERED) != 0;
    }

    void setAnswered(int session) {
        records.set(BYTE, at(session, FLAGS), (byte) (flags(session) | ANSWERED));
    }

    boolean isNamed(int session) {
        return (flags(session) & NAMED) != 0;
    }

    void setNamed(int session) {
        records.set(BYTE, at(session, FLAGS), (byte) (flags(session) | NAMED));
    }

    private int flags(int session) {
        return records.get(BYTE, at(session, FLAGS));
    }

    /// Octets of the connection ID that the server chose, −1 while unknown.
    int serverIdLength(int session) {
        return records.get(BYTE, at(session, SERVER_ID_LENGTH)) - 1;
    }

    void setServerIdLength(int session, int length) {
        records.set(BYTE, at(session, SERVER_ID_LENGTH), (byte) (length + 1));
    }

    int aliases(int session) {
        return Byte.toUnsignedInt(records.get(BYTE, at(session, ALIASES)));
    }

    void addAlias(int session) {
        records.set(BYTE, at(session, ALIASES), (byte) (aliases(session) + 1));
    }
}
