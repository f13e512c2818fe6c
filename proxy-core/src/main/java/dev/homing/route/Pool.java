package dev.homing.route;

import java.util.BitSet;
import java.util.List;

/// The backends that one listener forwards to.
///
/// Immutable but for the connection ID lengths seen, which outlive the table that the pool is in.
public final class Pool {

    /// The servers' connection ID length is not configured: lengths are learned.
    public static final int LENGTH_LEARNED = -1;

    private final int index;
    private final String name;
    private final Balance balance;
    private final int connectionIdLength;
    private final ConnectionIdLengths lengthsSeen;
    private final List<PoolMember> members;
    private final boolean[] isMember;
    private final MaglevTable maglev;

    /// @param index number of this pool for the life of the process
    /// @param connectionIdLength octets of the servers' connection IDs, or [#LENGTH_LEARNED]
    public Pool(
            int index,
            String name,
            Balance balance,
            int connectionIdLength,
            ConnectionIdLengths lengthsSeen,
            List<PoolMember> members) {
        this.index = index;
        this.name = name;
        this.balance = balance;
        this.connectionIdLength = connectionIdLength;
        this.lengthsSeen = lengthsSeen;
        this.members = List.copyOf(members);
        this.maglev = MaglevTable.of(members);
        BitSet ids = new BitSet();
        members.forEach(member -> ids.set(member.backend().id()));
        isMember = new boolean[ids.length()];
        ids.stream().forEach(id -> isMember[id] = true);
    }

    public int index() {
        return index;
    }

    public String name() {
        return name;
    }

    public Balance balance() {
        return balance;
    }

    public int connectionIdLength() {
        return connectionIdLength;
    }

    public ConnectionIdLengths lengthsSeen() {
        return lengthsSeen;
    }

    /// The lengths that a short header's connection ID may have, as a bit set: bit n for n octets.
    public int shortHeaderLengths() {
        return connectionIdLength == LENGTH_LEARNED
                ? lengthsSeen.bits()
                : 1 << connectionIdLength & ~1;
    }

    /// How many octets of a server's connection ID belong to it for certain if it begins with these
    /// three bits, whatever header it stands in; 0 if that is not known.
    public int certainOctets(int firstBits) {
        return Math.max(0, connectionIdLength);
    }

    public List<PoolMember> members() {
        return members;
    }

    /// Whether connections of this backend may go on: it is listed, be it draining.
    public boolean keeps(int backend) {
        return backend >= 0 && backend < isMember.length && isMember[backend];
    }

    /// The backend for a new connection, or [Route#NO_BACKEND].
    public int pick(long hash) {
        return maglev.pick(hash);
    }

    public MaglevTable maglev() {
        return maglev;
    }
}
