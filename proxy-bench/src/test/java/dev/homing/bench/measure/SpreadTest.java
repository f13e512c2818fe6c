package dev.homing.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void theMedianIsTheMiddleOrTheMeanOfTwo() {
        assertEquals(3, Spread.of(9, 1, 3).median());
        assertEquals(2.5, Spread.of(4, 1, 3, 2).median());
        assertEquals(7, Spread.of(7).median());
    }

    @Test
    void oneRoundOutOfLineMovesNeitherMedianNorSpread() {
        Spread spread = Spread.of(10, 10.1, 9.9, 10, 500);

        assertEquals(10, spread.median());
        assertEquals(0.01, spread.relative(), 1e-9);
        assertEquals(500, spread.greatest());
        assertEquals(9.9, spread.least());
    }

    @Test
    void fewRoundsAreTakenAsTheyAre() {
        assertEquals(0.5, Spread.of(8, 10, 13).relative(), 1e-9);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        Spread slowSecondRound = Spread.of(4, 8, 4);
        Spread sameRounds = Spread.of(2, 4, 2);

        assertEquals(List.of(2.0, 2.0, 2.0), slowSecondRound.dividedBy(sameRounds).rounds());
        assertEquals(List.of(2.0, 4.0, 2.0), slowSecondRound.minus(sameRounds).rounds());
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> new Spread(List.of()));
    }

    @Test
    void zeroesAgree() {
        assertEquals(0, Spread.of(0, 0, 0).relative());
    }
}
