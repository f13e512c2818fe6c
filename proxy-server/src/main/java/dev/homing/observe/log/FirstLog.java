package dev.homing.observe.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/// The log before the configuration is known, and in programs that have none. Logback finds it as a
/// service; without it, it would search for files and then print everything.
public final class FirstLog extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext logback) {
        EventLog.start(logback, false, Level.INFO);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
