package dev.homing.session;

import dev.homing.datagram.Address;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;

/// The sessions of one shard, in two blocks of memory: what a datagram needs of its session is one
/// cache line, on the way forward and on the way back, and what it does not need lies apart. A
/// session is a number: its place in both.
///
/// ```
/// warm, 64 octets: a cache line
///  0  client address (16)                         16  local address that the client writes to (16)
/// 32  client port (2) | listener (2)              36  scope of the client's address (4)
/// 40  backend port (4)                            44  number of the source address (4)
/// 48  next session of the same flow (4)           52  last used, in seconds (4)
/// 56  backend (2) | flags (1) | server connection ID length + 1 (1)
/// 60  aliases (1) | unused (1) | trace (2)
///
/// cold, 32 octets: for long headers, expiry and closing
///  0  flow hash (8)
///  8  previous in the expiry queue (4)            12  next in the expiry queue (4)
/// 16  in the expiry queue since, in seconds (4)
/// 20  hash of the client's connection ID (4)      24  hash of the client's first choice for the server (4)
/// 28  hash of the server's latest connection ID (4)
/// ```
///
/// Owned by one shard.
final class SessionRecords {

    static final int NONE = -1;

    private static final int WARM_BYTES = 64;
    private static final int CLIENT_HIGH = 0;
    private static final int CLIENT_LOW = 8;
    private static final int LOCAL_HIGH = 16;
    private static final int LOCAL_LOW = 24;
    private static final int CLIENT_PORT = 32;
    private static final int LISTENER = 34;
    private static final int SCOPE = 36;
    private static final int BACKEND_PORT = 40;
    private static final int SOURCE_ADDRESS = 44;
    private static final int NEXT_IN_FLOW = 48;
    private static final int LAST_USED = 52;
    private static final int BACKEND = 56;
    private static final int FLAGS = 58;
    private static final int SERVER_ID_LENGTH = 59;
    private static final int ALIASES = 60;
    private static final int TRACE = 62;

    private static final int COLD_BYTES = 32;
    private static final int FLOW_HASH = 0;
    private static final int QUEUE_PREVIOUS = 8;
    private static final int QUEUE_NEXT = 12;
    private static final int QUEUED_SINCE = 16;
    private static final int CLIENT_ID = 20;
    private static final int FIRST_ID = 24;
    private static final int SERVER_ID = 28;

    private static final int ESTABLISHED = 1;
    private static final int ANSWERED = 2;
    private static final int NAMED = 4;
    private static final int EXPECTS_ANSWER = 8;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private final MemorySegment warm;
    private final MemorySegment cold;

    SessionRecords(SegmentAllocator memory, int capacity) {
        warm = memory.allocate((long) capacity * WARM_BYTES, WARM_BYTES);
        cold = memory.allocate((long) capacity * COLD_BYTES, COLD_BYTES);
    }

    private static long at(int session, int offset) {
        return (long) session * WARM_BYTES + offset;
    }

    private static long coldAt(int session, int offset) {
        return (long) session * COLD_BYTES + offset;
    }

    void create(int session, Address client, Address local, int listener, long flowHash) {
        warm.set(LONG, at(session, CLIENT_HIGH), client.high());
        warm.set(LONG, at(session, CLIENT_LOW), client.low());
        warm.set(LONG, at(session, LOCAL_HIGH), local.high());
        warm.set(LONG, at(session, LOCAL_LOW), local.low());
        warm.set(SHORT, at(session, CLIENT_PORT), (short) client.port());
        warm.set(SHORT, at(session, LISTENER), (short) listener);
        warm.set(INT, at(session, SCOPE), client.scope());
        cold.set(LONG, coldAt(session, FLOW_HASH), flowHash);
        warm.set(BYTE, at(session, FLAGS), (byte) 0);
        warm.set(BYTE, at(session, SERVER_ID_LENGTH), (byte) 0);
        warm.set(BYTE, at(session, ALIASES), (byte) 0);
        setTrace(session, 0);
        setIds(session, 0, 0);
        setServerId(session, 0);
    }

    /// @param backend its id, below [dev.homing.route.Backend#MAX_COUNT], which 16 bits hold
    void setBackend(int session, int backend, int backendPort, int sourceAddress) {
        warm.set(SHORT, at(session, BACKEND), (short) backend);
        warm.set(INT, at(session, BACKEND_PORT), backendPort);
        warm.set(INT, at(session, SOURCE_ADDRESS), sourceAddress);
    }

    boolean isFlow(int session, Address client, Address local, int listener) {
        return warm.get(LONG, at(session, CLIENT_LOW)) == client.low()
                && warm.get(LONG, at(session, CLIENT_HIGH)) == client.high()
                && warm.get(SHORT, at(session, CLIENT_PORT)) == (short) client.port()
                && warm.get(LONG, at(session, LOCAL_LOW)) == local.low()
                && warm.get(LONG, at(session, LOCAL_HIGH)) == local.high()
                && listener(session) == listener;
    }

    void readClient(int session, Address into) {
        into.set(
                warm.get(LONG, at(session, CLIENT_HIGH)),
                warm.get(LONG, at(session, CLIENT_LOW)),
                Short.toUnsignedInt(warm.get(SHORT, at(session, CLIENT_PORT))),
                warm.get(INT, at(session, SCOPE)));
    }

    void readLocal(int session, Address into) {
        into.set(
                warm.get(LONG, at(session, LOCAL_HIGH)),
                warm.get(LONG, at(session, LOCAL_LOW)),
                0,
                warm.get(INT, at(session, SCOPE)));
    }

    int listener(int session) {
        return Short.toUnsignedInt(warm.get(SHORT, at(session, LISTENER)));
    }

    int backend(int session) {
        return Short.toUnsignedInt(warm.get(SHORT, at(session, BACKEND)));
    }

    int backendPort(int session) {
        return warm.get(INT, at(session, BACKEND_PORT));
    }

    int sourceAddress(int session) {
        return warm.get(INT, at(session, SOURCE_ADDRESS));
    }

    long flowHash(int session) {
        return cold.get(LONG, coldAt(session, FLOW_HASH));
    }

    int nextInFlow(int session) {
        return warm.get(INT, at(session, NEXT_IN_FLOW));
    }

    void setNextInFlow(int session, int next) {
        warm.set(INT, at(session, NEXT_IN_FLOW), next);
    }

    int lastUsed(int session) {
        return warm.get(INT, at(session, LAST_USED));
    }

    void setLastUsed(int session, int seconds) {
        warm.set(INT, at(session, LAST_USED), seconds);
    }

    int queuedSince(int session) {
        return cold.get(INT, coldAt(session, QUEUED_SINCE));
    }

    void setQueuedSince(int session, int seconds) {
        cold.set(INT, coldAt(session, QUEUED_SINCE), seconds);
    }

    int queuePrevious(int session) {
        return cold.get(INT, coldAt(session, QUEUE_PREVIOUS));
    }

    void setQueuePrevious(int session, int previous) {
        cold.set(INT, coldAt(session, QUEUE_PREVIOUS), previous);
    }

    int queueNext(int session) {
        return cold.get(INT, coldAt(session, QUEUE_NEXT));
    }

    void setQueueNext(int session, int next) {
        cold.set(INT, coldAt(session, QUEUE_NEXT), next);
    }

    int clientId(int session) {
        return cold.get(INT, coldAt(session, CLIENT_ID));
    }

    int firstId(int session) {
        return cold.get(INT, coldAt(session, FIRST_ID));
    }

    void setIds(int session, int clientId, int firstId) {
        cold.set(INT, coldAt(session, CLIENT_ID), clientId);
        cold.set(INT, coldAt(session, FIRST_ID), firstId);
    }

    int serverId(int session) {
        return cold.get(INT, coldAt(session, SERVER_ID));
    }

    void setServerId(int session, int serverId) {
        cold.set(INT, coldAt(session, SERVER_ID), serverId);
    }

    boolean isEstablished(int session) {
        return (flags(session) & ESTABLISHED) != 0;
    }

    void setEstablished(int session) {
        warm.set(BYTE, at(session, FLAGS), (byte) (flags(session) | ESTABLISHED));
    }

    boolean isAnswered(int session) {
        return (flags(session) & ANSWERED) != 0;
    }

    void setAnswered(int session) {
        warm.set(BYTE, at(session, FLAGS), (byte) (flags(session) | ANSWERED));
    }

    boolean isNamed(int session) {
        return (flags(session) & NAMED) != 0;
    }

    void setNamed(int session) {
        warm.set(BYTE, at(session, FLAGS), (byte) (flags(session) | NAMED));
    }

    boolean expectsAnswer(int session) {
        return (flags(session) & EXPECTS_ANSWER) != 0;
    }

    void setExpectsAnswer(int session) {
        warm.set(BYTE, at(session, FLAGS), (byte) (flags(session) | EXPECTS_ANSWER));
    }

    private int flags(int session) {
        return warm.get(BYTE, at(session, FLAGS));
    }

    /// Octets of the connection ID that the server chose, −1 while unknown.
    int serverIdLength(int session) {
        return warm.get(BYTE, at(session, SERVER_ID_LENGTH)) - 1;
    }

    void setServerIdLength(int session, int length) {
        warm.set(BYTE, at(session, SERVER_ID_LENGTH), (byte) (length + 1));
    }

    /// Number of the trace that the session is recorded by, or of an earlier one; 0 for none.
    int trace(int session) {
        return Short.toUnsignedInt(warm.get(SHORT, at(session, TRACE)));
    }

    void setTrace(int session, int number) {
        warm.set(SHORT, at(session, TRACE), (short) number);
    }

    int aliases(int session) {
        return Byte.toUnsignedInt(warm.get(BYTE, at(session, ALIASES)));
    }

    void addAlias(int session) {
        warm.set(BYTE, at(session, ALIASES), (byte) (aliases(session) + 1));
    }
}
