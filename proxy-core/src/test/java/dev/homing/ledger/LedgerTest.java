package dev.homing.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.kit.Together;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final int BACKENDS = 3;

    private final Ledger ledger = new Ledger(BACKENDS);

    /// One write to each cell, with a different amount: no two share a place.
    @Test
    void everyCountHasItsOwnCell() {
        List<ToLongFunction<Ledger>> cells = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        int amount = 1;
        for (Side side : Side.values()) {
            ledger.received(side, amount, 1_000L * amount);
            cells.add(read -> read.received(side));
            expected.add((long) amount);
            cells.add(read -> read.receivedBytes(side));
            expected.add(1_000L * amount++);
            ledger.sent(side, amount, 1_000L * amount);
            cells.add(read -> read.sent(side));
            expected.add((long) amount);
            cells.add(read -> read.sentBytes(side));
            expected.add(1_000L * amount++);
            for (DropReason reason : DropReason.values()) {
                ledger.dropped(side, reason, amount);
                cells.add(read -> read.dropped(side, reason));
                expected.add((long) amount++);
            }
        }
        for (RouteMethod method : RouteMethod.values()) {
            ledger.routed(method, amount);
            cells.add(read -> read.routed(method));
            expected.add((long) amount++);
        }
        for (Event event : Event.values()) {
            for (int i = 0; i < amount; i++) {
                ledger.count(event);
            }
            cells.add(read -> read.happened(event));
            expected.add((long) amount++);
        }
        for (SessionState state : SessionState.values()) {
            ledger.sessions(state, amount);
            cells.add(read -> read.sessions(state));
            expected.add((long) amount++);
        }
        for (Migration kind : Migration.values()) {
            for (int i = 0; i < amount; i++) {
                ledger.count(kind);
            }
            cells.add(read -> read.migrated(kind));
            expected.add((long) amount++);
        }
        for (int i = 0; i < amount; i++) {
            ledger.turned();
        }
        cells.add(Ledger::turns);
        expected.add((long) amount++);
        ledger.connectionIds(amount);
        cells.add(Ledger::connectionIds);
        expected.add((long) amount++);
        for (Histogram histogram : Histogram.values()) {
            for (Side side : Side.values()) {
                long sum = 0;
                for (int i = 0; i < histogram.bounds(); i++) {
                    int bucket = i;
                    ledger.histograms().add(histogram, side, histogram.bound(i), amount);
                    sum += histogram.bound(i) * amount;
                    cells.add(read -> read.histograms().count(histogram, side, bucket));
                    expected.add((long) amount++);
                }
                long most = histogram.bound(histogram.bounds() - 1) + 1;
                ledger.histograms().add(histogram, side, most);
                cells.add(read -> read.histograms().count(histogram, side, histogram.bounds()));
                expected.add(1L);
                cells.add(read -> read.histograms().sum(histogram, side));
                expected.add(sum + most);
            }
        }
        for (int id = 0; id < BACKENDS; id++) {
            int backend = id;
            ledger.backendSessions(backend, amount);
            cells.add(read -> read.backendSessions(backend));
            expected.add((long) amount++);
            ledger.backendAnswered(backend);
            cells.add(read -> read.backendAnsweredSessions(backend));
            expected.add(1L);
            for (int i = 0; i < 2; i++) {
                ledger.backendUnanswered(backend);
            }
            cells.add(read -> read.backendUnansweredSessions(backend));
            expected.add(2L);
            for (int i = 0; i < 3; i++) {
                ledger.backendIcmpError(backend);
            }
            cells.add(read -> read.backendIcmpErrors(backend));
            expected.add(3L);
        }
        assertEquals(expected, cells.stream().map(cell -> cell.applyAsLong(ledger)).toList());
        assertEquals(0, ledger.backendSessions(BACKENDS));
    }

    @Test
    void booksAddUpAllLedgers() {
        Ledger other = new Ledger(BACKENDS);
        Books books = new Books(List.of(ledger, other), () -> 5);
        ledger.received(Side.CLIENT, 100, 1_000);
        other.sent(Side.BACKEND, 60, 600);
        ledger.dropped(Side.CLIENT, DropReason.EMPTY, 10);
        other.dropped(Side.CLIENT, DropReason.NO_BACKEND, 20);
        ledger.connectionIds(7);
        other.connectionIds(-3);
        ledger.routed(RouteMethod.HASH, 2);
        other.routed(RouteMethod.HASH, 3);
        other.count(Event.ICMP_ERROR);
        other.sessions(SessionState.ESTABLISHED, 1);
        other.backendSessions(2, 1);
        assertEquals(100, books.received(Side.CLIENT));
        assertEquals(1_000, books.receivedBytes(Side.CLIENT));
        assertEquals(60, books.sent(Side.BACKEND));
        assertEquals(600, books.sentBytes(Side.BACKEND));
        assertEquals(30, books.dropped(Side.CLIENT));
        assertEquals(20, books.dropped(Side.CLIENT, DropReason.NO_BACKEND));
        assertEquals(0, books.dropped(Side.BACKEND));
        assertEquals(4, books.connectionIds());
        assertEquals(5, books.routed(RouteMethod.HASH));
        assertEquals(1, books.happened(Event.ICMP_ERROR));
        assertEquals(1, books.sessions(SessionState.ESTABLISHED));
        assertEquals(1, books.backendSessions(2));
        ledger.backendAnswered(2);
        other.backendAnswered(2);
        other.backendUnanswered(2);
        other.backendIcmpError(2);
        assertEquals(2, books.backendAnsweredSessions(2));
        assertEquals(1, books.backendUnansweredSessions(2));
        assertEquals(1, books.backendIcmpErrors(2));
        assertEquals(5, books.missing(Side.CLIENT));
        assertEquals(0, books.missing(Side.BACKEND));
    }

    @Test
    void booksAddUpTheHistogramsOfAllLedgers() {
        Ledger other = new Ledger(BACKENDS);
        Books books = new Books(List.of(ledger, other), () -> 0);
        ledger.histograms().add(Histogram.TRAIN, Side.CLIENT, 20);
        other.histograms().add(Histogram.TRAIN, Side.CLIENT, 17, 3);
        other.histograms().add(Histogram.TRAIN, Side.BACKEND, 1);
        assertEquals(4, books.count(Histogram.TRAIN, Side.CLIENT, 5));
        assertEquals(71, books.sum(Histogram.TRAIN, Side.CLIENT));
        assertEquals(1, books.sum(Histogram.TRAIN, Side.BACKEND));
    }

    @Test
    void queuedDatagramsAreThoseOfClients() {
        Books books = new Books(List.of(ledger), () -> 5);
        ledger.received(Side.CLIENT, 5, 0);
        ledger.received(Side.BACKEND, 1, 0);
        ledger.sent(Side.CLIENT, 1, 0);
        assertEquals(0, books.missing(Side.CLIENT));
        assertEquals(0, books.missing(Side.BACKEND));
    }

    @Test
    void labelsAreUniqueAndFitForMetrics() {
        Set<String> labels = new HashSet<>();
        for (DropReason reason : DropReason.values()) {
            assertTrue(labels.add(reason.label()));
            assertTrue(reason.label().matches("[a-z_]+"));
            assertTrue(reason.sentence().endsWith("."));
            assertFalse(reason.remedy().isBlank());
        }
        labels.clear();
        for (Event event : Event.values()) {
            assertTrue(labels.add(event.label()));
            assertTrue(event.label().matches("[a-z_]+"));
            assertTrue(event.sentence().endsWith("."));
        }
        for (RouteMethod method : RouteMethod.values()) {
            assertTrue(method.label().matches("[a-z_]+"));
            assertTrue(method.sentence().endsWith("."));
        }
        assertEquals("half_open", SessionState.HALF_OPEN.label());
        assertEquals("client", Side.CLIENT.label());
        assertEquals(Side.BACKEND, Side.CLIENT.other());
        assertEquals(Side.CLIENT, Side.BACKEND.other());
    }

    @Test
    void aReaderNeverSeesMoreSentThanReceivedBriefly() throws Exception {
        writeWhileReading(5_000_000);
    }

    @Test
    @Tag("stress")
    void aReaderNeverSeesMoreSentThanReceivedAtLength() throws Exception {
        writeWhileReading(1_000_000_000);
    }

    private void writeWhileReading(int count) throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        Together.run(
                List.of(
                        () -> {
                            for (int i = 0; i < count; i++) {
                                ledger.received(Side.CLIENT, 2, 2_000);
                                ledger.sent(Side.BACKEND, 1, 1_000);
                                ledger.dropped(Side.CLIENT, DropReason.TOO_BIG, 1);
                            }
                            isDone.set(true);
                        },
                        () -> {
                            long latest = 0;
                            while (!isDone.get()) {
                                long dropped = ledger.dropped(Side.CLIENT, DropReason.TOO_BIG);
                                long sent = ledger.sent(Side.BACKEND);
                                long received = ledger.received(Side.CLIENT);
                                assertTrue(dropped + sent <= received);
                                assertTrue(dropped <= sent, "written later, read earlier");
                                assertTrue(received >= latest);
                                latest = received;
                            }
                        }));
        assertEquals(2L * count, ledger.received(Side.CLIENT));
        assertEquals(1_000L * count, ledger.sentBytes(Side.BACKEND));
    }
}
