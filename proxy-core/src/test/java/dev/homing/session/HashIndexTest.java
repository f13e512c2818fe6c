package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashIndexTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    /// Few hashes, most of them with the same home or with one that wraps round the end.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 16, 17, 100})
    void agreesWithAMapWhileManyHashesCollide(int capacity) {
        SplittableRandom random = seeded.random();
        HashIndex index = new HashIndex(new CountingMemory(), capacity);
        long[] hashes = new long[8];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = random.nextLong() & ~0xfL | (i < 4 ? 0xf : random.nextInt(16));
        }
        Map<Integer, Long> hashOf = new HashMap<>();
        int next = 0;
        for (int step = 0; step < 20_000; step++) {
            int number = numberOf(random, hashOf);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    if (hashOf.size() < capacity) {
                        long hash = hashes[random.nextInt(hashes.length)];
                        index.add(hash, next);
                        hashOf.put(next++, hash);
                    }
                }
                case 2 -> {
                    if (number >= 0) {
                        index.remove(slot(index, hashOf.remove(number), number));
                    }
                }
                case 3 -> {
                    if (number >= 0) {
                        long hash = hashOf.remove(number);
                        index.replace(slot(index, hash, number), hash, next);
                        hashOf.put(next++, hash);
                    }
                }
                default -> {
                    long hash = hashes[random.nextInt(hashes.length)];
                    assertEquals(expected(hashOf, hash), numbers(index, hash));
                }
            }
        }
        for (long hash : hashes) {
            assertEquals(expected(hashOf, hash), numbers(index, hash));
        }
    }

    @Test
    void findsNothingForAHashThatSharesOnlyItsHome() {
        HashIndex index = new HashIndex(new CountingMemory(), 4);
        index.add(0x0000_0001_0000_0010L, 7);
        assertEquals(HashIndex.END, index.first(0x20));
        // The upper half is not stored: the caller compares keys anyway.
        assertEquals(7, index.number(index.first(0x10)));
    }

    @Test
    void holdsAsManyAsItsCapacity() {
        for (int capacity : new int[] {1, 2, 3, 4, 5, 1000, 1024, 1025}) {
            CountingMemory memory = new CountingMemory();
            HashIndex index = new HashIndex(memory, capacity);
            for (int number = 0; number < capacity; number++) {
                index.add(number * 0x9e3779b97f4a7c15L, number);
            }
            for (int number = 0; number < capacity; number++) {
                long hash = number * 0x9e3779b97f4a7c15L;
                assertTrue(numbers(index, hash).contains(number));
            }
            assertEquals(HashIndex.END, index.first(0x1234567));
            assertTrue(memory.bytes() >= 2L * capacity * Long.BYTES, "more than half full");
        }
    }

    private static int numberOf(SplittableRandom random, Map<Integer, Long> hashOf) {
        List<Integer> numbers = new ArrayList<>(hashOf.keySet());
        return numbers.isEmpty() ? -1 : numbers.get(random.nextInt(numbers.size()));
    }

    private static int slot(HashIndex index, long hash, int number) {
        int slot = index.first(hash);
        while (index.number(slot) != number) {
            slot = index.next(slot, hash);
        }
        return slot;
    }

    private static Set<Integer> numbers(HashIndex index, long hash) {
        Set<Integer> numbers = new HashSet<>();
        for (int slot = index.first(hash); slot != HashIndex.END; slot = index.next(slot, hash)) {
            assertTrue(numbers.add(index.number(slot)), "found twice");
        }
        return numbers;
    }

    private static Set<Integer> expected(Map<Integer, Long> hashOf, long hash) {
        Set<Integer> numbers = new HashSet<>();
        hashOf.forEach((number, ownHash) -> {
            if (ownHash.intValue() == (int) hash) {
                numbers.add(number);
            }
        });
        return numbers;
    }
}
