package dev.homing.route;

import dev.homing.hash.SipHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Maglev consistent hashing (Eisenbud et al., NSDI 2016, section 3.4): a table of backends of
/// prime size in which each has its share, and few entries change when a backend comes or goes.
///
/// Each backend has a permutation of the table of its own, from its name, and backends take turns
/// to claim the next free entry of theirs. Weights: a backend takes a turn when its credit, which
/// grows by its weight each round, reaches the largest weight. The order of turns is that of the
/// names, so every instance builds the same table.
///
/// Immutable; any thread.
public final class MaglevTable {

    /// A prime far above 100 times the backends of most pools: shares differ by less than 1 %
    /// (section 5.3).
    public static final int SIZE = 65_537;

    /// A large prime for pools of more backends than [#SIZE] is good for.
    public static final int LARGE_SIZE = 655_373;

    private static final int BACKENDS_FOR_SIZE = SIZE / 100;

    private static final SipHash OFFSET = new SipHash(0x6f6666736574L, 0);
    private static final SipHash SKIP = new SipHash(0x736b6970L, 0);
    private static final int FREE = -1;

    private final int[] entries;

    private MaglevTable(int[] entries) {
        this.entries = entries;
    }

    /// @param members a pool's backends; those that take no new connections are left out
    public static MaglevTable of(List<PoolMember> members) {
        List<PoolMember> taking =
                members.stream()
                        .filter(PoolMember::acceptsNewConnections)
                        .sorted(Comparator.comparing(member -> member.backend().name()))
                        .toList();
        int[] ids = new int[taking.size()];
        int[] weights = new int[taking.size()];
        int size = taking.size() > BACKENDS_FOR_SIZE ? LARGE_SIZE : SIZE;
        int[] offsets = new int[taking.size()];
        int[] skips = new int[taking.size()];
        for (int i = 0; i < taking.size(); i++) {
            PoolMember member = taking.get(i);
            ids[i] = member.backend().id();
            weights[i] = member.weight();
            offsets[i] = (int) Long.remainderUnsigned(hash(OFFSET, member.backend().name()), size);
            skips[i] =
                    (int) Long.remainderUnsigned(hash(SKIP, member.backend().name()), size - 1) + 1;
        }
        int[] turns = fill(size, offsets, skips, weights);
        for (int i = 0; i < turns.length; i++) {
            turns[i] = turns[i] == FREE ? Route.NO_BACKEND : ids[turns[i]];
        }
        return new MaglevTable(turns);
    }

    /// The paper's algorithm: which backend, by its place in the arrays, owns each entry. All free
    /// without backends.
    static int[] fill(int size, int[] offsets, int[] skips, int[] weights) {
        int[] owners = new int[size];
        Arrays.fill(owners, FREE);
        int largestWeight = Arrays.stream(weights).max().orElse(0);
        if (largestWeight == 0) {
            return owners;
        }
        long[] position = new long[offsets.length];
        long[] credit = new long[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            position[i] = offsets[i];
        }
        int filled = 0;
        while (true) {
            for (int i = 0; i < offsets.length; i++) {
                credit[i] += weights[i];
                if (credit[i] < largestWeight) {
                    continue;
                }
                credit[i] -= largestWeight;
                while (owners[(int) position[i]] != FREE) {
                    position[i] = (position[i] + skips[i]) % size;
                }
                owners[(int) position[i]] = i;
                if (++filled == size) {
                    return owners;
                }
            }
        }
    }

    private static long hash(SipHash hash, String name) {
        long mixed = 0;
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            mixed = hash.hash(mixed, octet, 0);
        }
        return hash.hash(mixed);
    }

    /// The backend for a uniformly distributed hash, or [Route#NO_BACKEND] if none takes new
    /// connections.
    public int pick(long hash) {
        return entries[(int) Math.unsignedMultiplyHigh(hash, entries.length)];
    }

    /// How many of the table's entries a backend owns, and so its share of new connections in
    /// entries.
    public int entriesOf(int backend) {
        int count = 0;
        for (int entry : entries) {
            if (entry == backend) {
                count++;
            }
        }
        return count;
    }

    public int size() {
        return entries.length;
    }
}
