package dev.homing.observe.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides how events are written. In code and not in a file: reading XML takes longer than all the
/// rest of a start.
public final class EventLog {

    /// All of an event on one line: its values may come from outside, and an exception has many
    /// lines.
    private static final String TEXT =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level %logger{0}: "
                    + "%replace(%replace(%msg %kvp %ex){'[\\x00-\\x1f\\x7f]+', ' '}){' +$', ''}%nopex%n";

    private static final String NAME = "stdout";

    private EventLog() {}

    /// Replaces what held before. Called before anything else logs.
    ///
    /// @param level `error`, `warn`, `info` or `debug`
    public static void start(boolean isJson, String level) {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        logback.reset();
        start(logback, isJson, Level.toLevel(level, Level.INFO));
    }

    /// Tells what has been counted and not told yet. Called when nothing more will come.
    public static void end() {
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (logback.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(NAME)
                instanceof OnceAMinute once) {
            once.tellRest();
        }
    }

    static void start(LoggerContext logback, boolean isJson, Level level) {
        Encoder<ILoggingEvent> encoder = isJson ? json() : text();
        encoder.setContext(logback);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logback);
        appender.setEncoder(encoder);
        appender.start();
        OnceAMinute once = new OnceAMinute(logback, appender);
        once.setName(NAME);
        once.start();
        logback.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
        logback.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(once);
        // At these levels the libraries speak of themselves, thousands of lines for each of ours.
        logback.getLogger("io.netty")
                .setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
        logback.getLogger("io.micrometer")
                .setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN);
    }

    private static Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(TEXT);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        return encoder;
    }
}
