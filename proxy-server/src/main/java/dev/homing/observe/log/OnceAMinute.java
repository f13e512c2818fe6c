package dev.homing.observe.log;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.KeyValuePair;

/// Lets each warning and error through once, and then once a minute with the number of its
/// repetitions, so that no error fills a disk.
///
/// Any thread; one at a time is let in.
final class OnceAMinute extends AppenderBase<ILoggingEvent> {

    private static final String REPEATED = "repeated";

    private final LoggerContext logback;
    private final Appender<ILoggingEvent> lines;
    private final Repeats repeats = new Repeats();

    /// Whether somebody will look for what is due.
    private boolean isScheduled;

    /// @param lines where events go that are to be told
    OnceAMinute(LoggerContext logback, Appender<ILoggingEvent> lines) {
        this.logback = logback;
        this.lines = lines;
        setContext(logback);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (repeats.isNews(event)) {
            lines.doAppend(event);
        }
        schedule();
    }

    private void schedule() {
        if (!isScheduled && !repeats.isEmpty()) {
            isScheduled = true;
            logback.getScheduledExecutorService()
                    .schedule(this::look, Repeats.PERIOD_MS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void look() {
        isScheduled = false;
        tell(System.currentTimeMillis());
        if (isStarted()) {
            schedule();
        }
    }

    /// Tells what is due.
    synchronized void tell(long nowMs) {
        repeats.due(nowMs).forEach(this::tell);
    }

    /// Tells all that has been counted, due or not.
    synchronized void tellRest() {
        repeats.rest().forEach(this::tell);
    }

    private void tell(Repeats.Repeated repeated) {
        ILoggingEvent first = repeated.first();
        LoggingEvent again =
                new LoggingEvent(
                        OnceAMinute.class.getName(),
                        logback.getLogger(first.getLoggerName()),
                        first.getLevel(),
                        first.getFormattedMessage(),
                        null,
                        null);
        again.setThreadName(first.getThreadName());
        List<KeyValuePair> pairs = new ArrayList<>(Repeats.pairs(first));
        pairs.removeIf(pair -> pair.value instanceof Number);
        pairs.add(new KeyValuePair(REPEATED, repeated.times()));
        again.setKeyValuePairs(pairs);
        lines.doAppend(again);
    }

    @Override
    public synchronized void stop() {
        tellRest();
        super.stop();
        lines.stop();
    }
}
