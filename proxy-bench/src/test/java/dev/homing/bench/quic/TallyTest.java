package dev.homing.bench.quic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.demo.client.Transfer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Transfer INTACT = new Transfer("berlin", 10, 10, -1, 1);

    @Test
    void whatIsRightIsDoneAndWhatIsNotIsWrong() throws InterruptedException {
        Tally tally = new Tally(4);
        tally.ended(INTACT);
        tally.ended(new Transfer("berlin", 10, 10, 3, 1));
        tally.ended(new Transfer("berlin", 10, 9, -1, 1));
        tally.ended(5, true);
        Outcome outcome = tally.await(0);
        assertEquals(2, outcome.done());
        assertEquals(2, outcome.wrong());
        assertEquals(0, outcome.lost());
        assertEquals(34, outcome.bytes());
    }

    @Test
    void whatFailsIsLostAndTheFirstFailureIsTold() throws InterruptedException {
        Tally tally = new Tally(2);
        tally.lost(new IOException("no connection", new IOException("timed out")));
        tally.lost(new IOException("another one"));
        Outcome outcome = tally.await(0);
        assertEquals(2, outcome.lost());
        assertEquals("no connection (java.io.IOException: timed out)", outcome.complaint());
    }

    @Test
    void whatNeverEndsIsLost() throws InterruptedException {
        Tally tally = new Tally(3);
        tally.ended(INTACT);
        Outcome outcome = tally.await(0);
        assertEquals(1, outcome.done());
        assertEquals(2, outcome.lost());
        assertEquals("a connection never came to an end", outcome.complaint());
    }

    @Test
    void anOutcomeSurvivesTheWayBetweenProcesses() throws InterruptedException {
        Tally tally = new Tally(2);
        tally.connected(1_000_000);
        tally.connected(3_000_000);
        tally.ended(INTACT);
        tally.lost(new IOException("gone"));
        Map<String, Object> values = tally.await(0).asValues();
        Outcome read = Outcome.of(values);
        assertEquals(values, read.asValues());
        assertEquals(2, read.handshakes().getTotalCount());
        assertEquals(3.0e6, (double) read.handshakes().getMaxValue(), 3.0e3);
    }
}
