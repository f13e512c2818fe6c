package dev.homing.route;

import dev.homing.cid.CidScheme;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable CidScheme cidScheme;
    private final List<PoolMember> members;
    private final boolean[] isMember;
    private final boolean[] isDown;
    private final MaglevTable maglev;

    /// A pool whose servers' connection IDs do not say whose they are.
    ///
    /// @param index number of this pool for the life of the process
    /// @param connectionIdLength octets of the servers' connection IDs, or [#LENGTH_LEARNED]
    public Pool(
            int index,
            String name,
            Balance balance,
            int connectionIdLength,
            ConnectionIdLengths lengthsSeen,
            List<PoolMember> members) {
        this(index, name, balance, connectionIdLength, lengthsSeen, null, members);
    }

    /// @param index number of this pool for the life of the process
    /// @param connectionIdLength octets of the servers' connection IDs, or [#LENGTH_LEARNED]
    /// @param cidScheme how the servers' connection IDs say whose they are; null if they do not
    public Pool(
            int index,
            String name,
            Balance balance,
            int connectionIdLength,
            ConnectionIdLengths lengthsSeen,
            @Nullable CidScheme cidScheme,
            List<PoolMember> members) {
        this.index = index;
        this.name = name;
        this.balance = balance;
        this.connectionIdLength = connectionIdLength;
        this.lengthsSeen = lengthsSeen;
        this.cidScheme = cidScheme;
        this.members = List.copyOf(members);
        this.maglev = MaglevTable.of(members);
        BitSet ids = new BitSet();
        members.forEach(member -> ids.set(member.backend().id()));
        isMember = new boolean[ids.length()];
        ids.stream().forEach(id -> isMember[id] = true);
        isDown = new boolean[isMember.length];
        members.forEach(
                member -> isDown[member.backend().id()] |= member.state() == BackendState.DOWN);
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
        int octets = cidScheme == null ? 0 : cidScheme.certainOctets(firstBits);
        return Math.max(octets, connectionIdLength);
    }

    /// How the servers' connection IDs say whose they are; null if they do not.
    public @Nullable CidScheme cidScheme() {
        return cidScheme;
    }

    public List<PoolMember> members() {
        return members;
    }

    /// Whether connections of this backend may go on: it is listed, be it draining or down.
    public boolean keeps(int backend) {
        return backend >= 0 && backend < isMember.length && isMember[backend];
    }

    /// Whether what has only just begun toward this backend had better begin elsewhere.
    public boolean isDown(int backend) {
        return keeps(backend) && isDown[backend];
    }

    /// Whether a packet goes to the backend that its connection ID tells.
    ///
    /// @param startsConnection whether the packet may start a connection
    public boolean follows(int backend, boolean startsConnection) {
        return keeps(backend) && !(startsConnection && isDown[backend]);
    }

    /// The backend for a new connection, or [Route#NO_BACKEND].
    public int pick(long hash) {
        return maglev.pick(hash);
    }

    public MaglevTable maglev() {
        return maglev;
    }
}
