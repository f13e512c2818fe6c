package dev.homing.bench.soak.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What has an excuse, and what has none. Times are small numbers.
class ModelTest {

    private final Model model = new Model();

    @Test
    void anAttemptMayFailOnlyWhileSomethingIsOut() {
        assertEquals(Optional.empty(), model.excuse(0, 1_000));
        Model.Outage outage = model.outage("s1 is down", 100);
        assertEquals(Optional.empty(), model.excuse(0, 99));
        assertEquals(Optional.of("s1 is down"), model.excuse(50, 100));
        assertEquals(Optional.of("s1 is down"), model.excuse(5_000, 5_001));
        outage.end(200);
        assertEquals(Optional.of("s1 is down"), model.excuse(200, 300));
        assertEquals(Optional.of("s1 is down"), model.excuse(50, 300));
        assertEquals(Optional.empty(), model.excuse(201, 300));
    }

    @Test
    void aConnectionMayEndOnlyIfItsOwnServerWasLostSinceItBegan() {
        model.lost("s1", "it was killed", 100);
        assertEquals(Optional.of("it was killed"), model.excuse("s1", 50, 150));
        assertEquals(Optional.of("it was killed"), model.excuse("s1", 100, 9_000));
        assertEquals(Optional.empty(), model.excuse("s1", 101, 9_000), "it began later");
        assertEquals(Optional.empty(), model.excuse("s1", 50, 99), "it ended before");
        assertEquals(Optional.empty(), model.excuse("s2", 50, 150), "another server's");
    }

    @Test
    void anOutageOfHomingExcusesATransferThatItCutAndNoConnection() {
        model.outageOfHoming("Homing was killed", 100).end(200);
        model.outage("s1 is down", 300).end(400);
        assertEquals(Optional.empty(), model.excuse("s1", 50, 300));
        assertTrue(model.isCut(50, 150));
        assertTrue(model.isCut(150, 160));
        assertTrue(model.isCut(200, 250));
        assertFalse(model.isCut(50, 99));
        assertFalse(model.isCut(201, 250));
        assertFalse(model.isCut(300, 400), "a server's outage");
    }

    @Test
    void aMoveMayLoseAConnectionOnlyWhileNothingElseTellsItsServer() {
        assertFalse(model.mayHaveLostByMove("s1", 0, 10));
        model.followsMoves("s1", false, 100);
        assertFalse(model.mayHaveLostByMove("s1", 50, 99));
        assertTrue(model.mayHaveLostByMove("s1", 50, 100));
        assertTrue(model.mayHaveLostByMove("s1", 120, 130));
        assertFalse(model.mayHaveLostByMove("s2", 120, 130));
        assertEquals(Optional.empty(), model.excuse("s1", 50, 130), "it did not move");
        model.followsMoves("s1", true, 200);
        assertTrue(model.mayHaveLostByMove("s1", 150, 300), "it began before");
        assertFalse(model.mayHaveLostByMove("s1", 200, 300));
    }

    @Test
    void aSilenceMayLoseAConnectionOnlyWhereNothingButMemoryTellsItsServer() {
        model.isRemembered("s3");
        assertTrue(model.mayHaveLostBySilence("s3", 0, 10));
        assertFalse(model.mayHaveLostByMove("s3", 0, 10), "it is remembered, wherever it goes");
        assertFalse(model.mayHaveLostBySilence("s1", 0, 10));
        model.followsMoves("s1", false, 5);
        assertTrue(model.mayHaveLostBySilence("s1", 0, 10));
    }

    @Test
    void aNewConnectionMayOnlyBeginOnAServerThatTakesThem() {
        assertTrue(model.mayHaveTaken("s1", 0, 10));
        model.takesNew("s1", false, 100);
        assertTrue(model.mayHaveTaken("s1", 50, 60));
        assertTrue(model.mayHaveTaken("s1", 99, 150), "it began before");
        assertFalse(model.mayHaveTaken("s1", 100, 150));
        model.takesNew("s1", true, 200);
        assertFalse(model.mayHaveTaken("s1", 120, 199));
        assertTrue(model.mayHaveTaken("s1", 120, 200));
        assertTrue(model.mayHaveTaken("s1", 300, 310));
        assertTrue(model.mayHaveTaken("s2", 120, 199));
    }
}
