package dev.homing.observe.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class OnceAMinuteTest {

    private final LoggerContext logback = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final OnceAMinute log = new OnceAMinute(logback, lines);

    @BeforeEach
    void start() {
        lines.start();
        log.start();
    }

    @AfterEach
    void stop() {
        logback.stop();
    }

    @Test
    void tellsAnErrorOnceAndThenHowOftenItCame() {
        error(0, "call-failed", pair("errno", "EPERM"));
        error(1_000, "call-failed", pair("errno", "EPERM"));
        error(59_000, "call-failed", pair("errno", "EPERM"));
        assertEquals(List.of("ERROR call-failed errno=EPERM"), told());

        log.tell(59_999);
        assertEquals(1, told().size());

        log.tell(60_000);
        assertEquals("ERROR call-failed errno=EPERM repeated=2", told().getLast());

        log.tell(61_000);
        assertEquals(2, told().size());
    }

    @Test
    void goesOnCountingEachMinuteUntilItEnds() {
        for (long second = 0; second < 200; second++) {
            error(second * 1_000, "call-failed");
            log.tell(second * 1_000);
        }
        assertEquals(
                List.of(
                        "ERROR call-failed",
                        "ERROR call-failed repeated=60",
                        "ERROR call-failed repeated=60",
                        "ERROR call-failed repeated=60"),
                told());
        log.tell(240_000);
        assertEquals("ERROR call-failed repeated=19", told().getLast());
    }

    @Test
    void isNewsAgainWhenAMinuteHasPassedWithoutIt() {
        error(0, "call-failed");
        log.tell(60_000);
        error(60_001, "call-failed");
        assertEquals(List.of("ERROR call-failed", "ERROR call-failed"), told());
    }

    @Test
    void addsUpEventsThatStandForMany() {
        error(0, "call-failed", pair("errno", "EPERM"), pair(Repeats.TIMES, 5));
        error(1_000, "call-failed", pair("errno", "EPERM"), pair(Repeats.TIMES, 100));
        error(2_000, "call-failed", pair("errno", "EPERM"), pair(Repeats.TIMES, 20));
        log.tell(60_000);
        assertEquals(
                List.of(
                        "ERROR call-failed errno=EPERM times=5",
                        "ERROR call-failed errno=EPERM repeated=120"),
                told());
    }

    @Test
    void tellsApartWhatDiffersInTextButNotInNumbers() {
        error(0, "refused", pair("reason", "EMFILE"), pair("open", 17));
        error(1, "refused", pair("reason", "EMFILE"), pair("open", 18));
        error(2, "refused", pair("reason", "ENOBUFS"), pair("open", 18));
        error(3, "other", pair("reason", "EMFILE"));
        assertEquals(
                List.of(
                        "ERROR refused reason=EMFILE open=17",
                        "ERROR refused reason=ENOBUFS open=18",
                        "ERROR other reason=EMFILE"),
                told());
    }

    @Test
    void tellsApartWhatWasThrown() {
        event(0, Level.ERROR, "failed", new IllegalStateException("a"));
        event(1, Level.ERROR, "failed", new IllegalStateException("b"));
        event(2, Level.ERROR, "failed", new IllegalArgumentException("a"));
        assertEquals(2, told().size());
    }

    @Test
    void letsEveryEventThroughThatIsNoWarning() {
        event(0, Level.INFO, "draining", null);
        event(1, Level.INFO, "draining", null);
        event(2, Level.DEBUG, "draining", null);
        event(3, Level.DEBUG, "draining", null);
        assertEquals(4, told().size());
    }

    @Test
    void answersEachHangUpHoweverSoonItComesAgain() {
        Logger service = logback.getLogger("homing");
        event(service, 0, Level.ERROR, "reload-refused", null);
        event(service, 1, Level.ERROR, "reload-refused", null);
        assertEquals(2, told().size());
    }

    @Test
    void tellsTheRestWhenItEnds() {
        error(0, "call-failed");
        error(1, "call-failed");
        error(2, "other");
        log.stop();
        assertEquals(
                List.of("ERROR call-failed", "ERROR other", "ERROR call-failed repeated=1"),
                told());
    }

    @Test
    void holdsNothingBackWhereTooManyEventsAreDifferent() {
        for (int i = 0; i < 1_000; i++) {
            error(i, "error " + i);
            error(i, "error " + i);
        }
        // 256 kinds are remembered and told once; of the others, each event.
        assertEquals(256 + 2 * (1_000 - 256), told().size());
    }

    private void error(long atMs, String message, KeyValuePair... pairs) {
        event(atMs, Level.ERROR, message, null, pairs);
    }

    private void event(
            long atMs, Level level, String message, Throwable thrown, KeyValuePair... pairs) {
        event(logback.getLogger("test"), atMs, level, message, thrown, pairs);
    }

    private void event(
            Logger logger,
            long atMs,
            Level level,
            String message,
            Throwable thrown,
            KeyValuePair... pairs) {
        LoggingEvent event =
                new LoggingEvent(
                        OnceAMinuteTest.class.getName(), logger, level, message, thrown, null);
        event.setTimeStamp(atMs);
        if (pairs.length > 0) {
            event.setKeyValuePairs(new ArrayList<>(List.of(pairs)));
        }
        log.doAppend(event);
    }

    private static KeyValuePair pair(String key, Object value) {
        return new KeyValuePair(key, value);
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (ILoggingEvent event : lines.list) {
            StringBuilder line = new StringBuilder(event.getLevel() + " " + event.getMessage());
            Repeats.pairs(event).forEach(pair -> line.append(" " + pair.key + "=" + pair.value));
            told.add(line.toString());
        }
        return told;
    }
}
