package dev.homing.bench.alternatives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HashRingTest {

    private static final int KEYS = 10_000;

    @Test
    void backendsGetSharesOfTheSameOrder() {
        Map<InetSocketAddress, Integer> shares = new HashMap<>();
        SplittableRandom random = new SplittableRandom(1);
        HashRing ring = HashRing.of("1", "2", "3", "4");
        for (int i = 0; i < KEYS; i++) {
            shares.merge(ring.at(random.nextLong()), 1, Integer::sum);
        }

        assertEquals(4, shares.size());
        shares.values().forEach(share -> assertTrue(share > KEYS / 8, shares.toString()));
    }

    @Test
    void aBackendThatGoesTakesOnlyItsOwnShareAlong() {
        HashRing before = HashRing.of("1", "2", "3");
        HashRing after = HashRing.of("1", "2");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < KEYS; i++) {
            long hash = random.nextLong();
            if (before.at(hash).getPort() != 3) {
                assertEquals(before.at(hash), after.at(hash));
            }
        }
    }
}
