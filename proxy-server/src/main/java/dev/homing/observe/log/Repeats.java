package dev.homing.observe.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Which warnings and errors have just been told, and how often they have come again since.
///
/// ```
/// 12:00:00   told                          the first
/// 12:00:01 … 12:00:59   41 more            only counted
/// 12:01:00   told, repeated=41             a minute later
/// 12:02:00   forgotten                     none came: the next is a first again
/// ```
///
/// One thread at a time.
final class Repeats {

    /// What an event may say of how many it stands for; 1 if it does not.
    static final String TIMES = "times";

    static final long PERIOD_MS = 60_000;

    /// A flood of events that are all different is not held back, but costs no more memory than
    /// this.
    private static final int KINDS_MAX = 256;

    /// What the first two say answers a start or a HUP: it comes as often as somebody asks for it.
    /// What the last one says tells that a backend has come or gone, which is news each time.
    private static final Set<String> NEWS = Set.of("homing", "config", "health");

    /// Events that say the same. Texts say what has happened; numbers say how much of it, and may
    /// differ.
    private record Kind(String logger, Level level, @Nullable String message, List<String> texts) {}

    /// One that has been told, and its repetitions since.
    private static final class Told {

        private final ILoggingEvent first;
        private long sinceMs;
        private long times;

        Told(ILoggingEvent first) {
            this.first = first;
            sinceMs = first.getTimeStamp();
        }
    }

    /// An event that came so many times more.
    record Repeated(ILoggingEvent first, long times) {}

    private final Map<Kind, Told> told = new LinkedHashMap<>();

    /// Whether the event is to be told now. If not, it has been counted.
    boolean isNews(ILoggingEvent event) {
        if (!event.getLevel().isGreaterOrEqual(Level.WARN)
                || NEWS.contains(event.getLoggerName())) {
            return true;
        }
        Kind kind = kind(event);
        Told before = told.get(kind);
        if (before != null) {
            before.times += times(event);
            return false;
        }
        if (told.size() < KINDS_MAX) {
            told.put(kind, new Told(event));
        }
        return true;
    }

    /// What has come again in the minute that is over, and is to be told now; forgets what has not.
    List<Repeated> due(long nowMs) {
        List<Repeated> due = new ArrayList<>();
        Iterator<Told> all = told.values().iterator();
        while (all.hasNext()) {
            Told one = all.next();
            if (nowMs - one.sinceMs < PERIOD_MS) {
                continue;
            }
            if (one.times == 0) {
                all.remove();
            } else {
                due.add(new Repeated(one.first, one.times));
                one.times = 0;
                one.sinceMs = nowMs;
            }
        }
        return due;
    }

    /// What has come again and is not told yet; forgets all.
    List<Repeated> rest() {
        List<Repeated> rest =
                told.values().stream()
                        .filter(one -> one.times > 0)
                        .map(one -> new Repeated(one.first, one.times))
                        .toList();
        told.clear();
        return rest;
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    private static Kind kind(ILoggingEvent event) {
        List<String> texts = new ArrayList<>();
        for (KeyValuePair pair : pairs(event)) {
            if (!(pair.value instanceof Number)) {
                texts.add(pair.key + "=" + pair.value);
            }
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            texts.add(thrown.getClassName());
        }
        return new Kind(event.getLoggerName(), event.getLevel(), event.getMessage(), texts);
    }

    private static long times(ILoggingEvent event) {
        for (KeyValuePair pair : pairs(event)) {
            if (pair.key.equals(TIMES) && pair.value instanceof Number times) {
                return times.longValue();
            }
        }
        return 1;
    }

    static List<KeyValuePair> pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        return pairs == null ? List.of() : pairs;
    }
}
