package dev.homing.bench.soak.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintBoundsTest {

    private static final long MEBI = 1 << 20;

    private final FootprintBounds bounds = new FootprintBounds(1_000);

    private static Footprint footprint(
            int life, long outsideMebi, long heapMebi, long descriptors, long ports) {
        return new Footprint(
                life,
                0,
                (outsideMebi + heapMebi) * MEBI,
                outsideMebi * MEBI,
                heapMebi * MEBI,
                descriptors,
                ports);
    }

    @Test
    void whatStaysTheSameIsRight() {
        for (int life = 1; life < 9; life++) {
            assertEquals(List.of(), bounds.add(footprint(life, 100, 13, 120, 900)));
            assertEquals(List.of(), bounds.add(footprint(life, 130, 15, 125, 10)));
        }
    }

    @Test
    void growthWithinALifeIsFound() {
        bounds.add(footprint(1, 100, 13, 120, 0));
        assertTrue(bounds.add(footprint(1, 165, 13, 120, 0)).getFirst().contains("outside"));
        assertTrue(bounds.add(footprint(1, 100, 26, 120, 0)).getFirst().contains("heap in use"));
        assertTrue(bounds.add(footprint(1, 100, 13, 145, 0)).getFirst().contains("open files"));
    }

    @Test
    void growthFromLifeToLifeIsFoundHoweverSmallEachStep() {
        int found = 0;
        for (int life = 1; life < 20; life++) {
            found += bounds.add(footprint(life, 100 + 10 * life, 13, 120, 0)).size();
        }
        assertTrue(found > 0);
    }

    @Test
    void tooMuchIsTooMuchFromTheBeginning() {
        assertEquals(1, bounds.add(footprint(1, 600, 13, 120, 0)).size());
        assertEquals(1, new FootprintBounds(1_000).add(footprint(1, 100, 13, 120, 1_001)).size());
    }
}
