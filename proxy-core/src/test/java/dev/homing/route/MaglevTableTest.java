package dev.homing.route;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Backends;
import dev.homing.kit.Seeded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaglevTableTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    /// Table 1 of the paper: offsets and skips of three backends, and who owns each entry.
    @Test
    void fillsThePapersTable() {
        int[] owners =
                MaglevTable.fill(7, new int[] {3, 0, 3}, new int[] {4, 2, 1}, new int[] {1, 1, 1});
        assertArrayEquals(new int[] {1, 0, 1, 0, 2, 2, 0}, owners);
    }

    @Test
    void fillsThePapersTableWithoutItsSecondBackend() {
        int[] owners = MaglevTable.fill(7, new int[] {3, 3}, new int[] {4, 1}, new int[] {1, 1});
        assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1}, owners);
    }

    @Test
    void aBackendOfDoubleWeightTakesDoubleTurns() {
        int[] owners = MaglevTable.fill(7, new int[] {3, 0}, new int[] {4, 2}, new int[] {2, 1});
        assertEquals(5, IntStream.of(owners).filter(owner -> owner == 0).count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 655, 656, 2000})
    void equalWeightsGetEqualShares(int backends) {
        MaglevTable table = MaglevTable.of(Backends.members(backends));
        assertEquals(backends > 655 ? MaglevTable.LARGE_SIZE : MaglevTable.SIZE, table.size());
        int floor = table.size() / backends;
        int[] entries = entries(table, backends);
        for (int count : entries) {
            assertTrue(count == floor || count == floor + 1, "entries of a backend: " + count);
        }
        assertEquals(table.size(), IntStream.of(entries).sum());
    }

    @Test
    void sharesFollowTheWeights() {
        List<PoolMember> members =
                List.of(weighted(0, 1), weighted(1, 2), weighted(2, 5), weighted(3, 0));
        MaglevTable table = MaglevTable.of(members);
        for (PoolMember member : members) {
            double expected = table.size() * member.weight() / 8.0;
            int actual = table.entriesOf(member.backend().id());
            assertTrue(Math.abs(actual - expected) <= 3, member + " has " + actual);
        }
    }

    @Test
    void largeWeightsAreNoDifferentFromSmallOnes() {
        MaglevTable large =
                MaglevTable.of(List.of(weighted(0, 400_000_000), weighted(1, 2_000_000_000)));
        MaglevTable small = MaglevTable.of(List.of(weighted(0, 1), weighted(1, 5)));
        assertEquals(small.entriesOf(0), large.entriesOf(0));
    }

    @Test
    void onlyBackendsThatTakeNewConnectionsAreInTheTable() {
        MaglevTable table =
                MaglevTable.of(
                        List.of(
                                weighted(0, 0),
                                Backends.draining(Backends.ipv4(1)),
                                Backends.active(Backends.ipv4(2))));
        assertEquals(table.size(), table.entriesOf(2));
    }

    @Test
    void withoutSuchABackendThereIsNoneToPick() {
        assertEquals(Route.NO_BACKEND, MaglevTable.of(List.of()).pick(seeded.random().nextLong()));
        MaglevTable drained =
                MaglevTable.of(List.of(weighted(0, 0), Backends.draining(Backends.ipv4(1))));
        assertEquals(Route.NO_BACKEND, drained.pick(-1));
        assertEquals(Route.NO_BACKEND, drained.pick(0));
    }

    @Test
    void theOrderOfTheBackendsDoesNotMatter() {
        List<PoolMember> members = new ArrayList<>();
        IntStream.range(0, 50).forEach(id -> members.add(weighted(id, 1 + id % 3)));
        MaglevTable table = MaglevTable.of(members);
        Collections.shuffle(members, new Random(seeded.seed()));
        assertEquals(0, changes(table, MaglevTable.of(members)));
    }

    /// Instances number backends for themselves; what they share is the names.
    @Test
    void theChoiceDependsOnNamesAndNotOnIds() {
        List<PoolMember> members = Backends.members(20);
        List<PoolMember> renumbered =
                members.stream()
                        .map(member -> {
                            Backend backend = member.backend();
                            return Backends.active(
                                    new Backend(
                                            100 - backend.id(),
                                            backend.name(),
                                            backend.high(),
                                            backend.low(),
                                            backend.port()));
                        })
                        .toList();
        MaglevTable table = MaglevTable.of(members);
        MaglevTable other = MaglevTable.of(renumbered);
        for (int i = 0; i < 10_000; i++) {
            long hash = seeded.random().nextLong();
            assertEquals(100 - table.pick(hash), other.pick(hash));
        }
    }

    @Test
    void uniformHashesSpreadAsTheEntriesDo() {
        MaglevTable table = MaglevTable.of(List.of(weighted(0, 1), weighted(1, 3)));
        int picks = 0;
        for (int i = 0; i < 100_000; i++) {
            picks += table.pick(seeded.random().nextLong());
        }
        assertTrue(Math.abs(picks - 75_000) < 1_100, "picks of the heavier backend: " + picks);
    }

    @Test
    void theSmallestAndTheLargestHashHaveABackend() {
        MaglevTable table = MaglevTable.of(Backends.members(3));
        for (long hash : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertTrue(table.pick(hash) >= 0);
        }
    }

    /// The measured share of entries that change when so many backends leave; the lower bound is
    /// that of the entries that must change.
    @ParameterizedTest
    @CsvSource({
        "3, 1, 0.3336",
        "10, 1, 0.1022",
        "100, 1, 0.0157",
        "1000, 1, 0.0042",
        "1000, 10, 0.0158",
    })
    void fewEntriesChangeWhenBackendsLeave(int backends, int leaving, double measured) {
        List<PoolMember> members = Backends.members(backends);
        MaglevTable before = MaglevTable.of(members);
        double changed = 0;
        int samples = 3;
        for (int sample = 0; sample < samples; sample++) {
            int firstLeaving = sample * (backends - leaving) / (samples - 1);
            List<PoolMember> rest = new ArrayList<>(members);
            rest.subList(firstLeaving, firstLeaving + leaving).clear();
            MaglevTable after = MaglevTable.of(rest);
            changed += (double) changes(before, after) / before.size() / samples;
        }
        double ideal = (double) leaving / backends;
        String message = "share of entries that changed: " + changed;
        assertTrue(changed >= ideal * 0.99, message);
        assertTrue(changed <= ideal + 2 * (measured - ideal) + 0.0005, message);
    }

    private static int[] entries(MaglevTable table, int backends) {
        int[] entries = new int[backends];
        for (int i = 0; i < table.size(); i++) {
            entries[table.pick(hashOfEntry(table, i))]++;
        }
        assertEquals(entries[0], table.entriesOf(0));
        return entries;
    }

    private static int changes(MaglevTable before, MaglevTable after) {
        assertEquals(before.size(), after.size());
        int changes = 0;
        for (int i = 0; i < before.size(); i++) {
            long hash = hashOfEntry(before, i);
            if (before.pick(hash) != after.pick(hash)) {
                changes++;
            }
        }
        return changes;
    }

    /// A hash in the middle of those that pick an entry.
    private static long hashOfEntry(MaglevTable table, int entry) {
        return Long.divideUnsigned(-1L, table.size()) * entry
                + Long.divideUnsigned(-1L, table.size()) / 2;
    }

    private static PoolMember weighted(int id, int weight) {
        return new PoolMember(Backends.ipv4(id), weight, BackendState.ACTIVE);
    }
}
