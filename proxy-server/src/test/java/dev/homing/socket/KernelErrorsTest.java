package dev.homing.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class KernelErrorsTest {

    private static final int EPERM = 1;
    private static final int EHWPOISON = 133;

    private final Logger logger = (Logger) LoggerFactory.getLogger(KernelErrors.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final KernelErrors errors = new KernelErrors("sendmmsg");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void saysOfEachErrnoHowOftenItCameSinceTheLatestReport() {
        errors.note(EPERM);
        errors.note(EPERM);
        errors.note(EHWPOISON);
        assertEquals(List.of(), told(), "the hot path logs nothing");

        errors.report();
        assertEquals(List.of("EPERM 2", "errno 133 1"), told());

        errors.report();
        assertEquals(2, told().size());

        errors.note(EPERM);
        errors.report();
        assertEquals("EPERM 1", told().getLast());
    }

    @Test
    void takesNoHarmFromAnErrnoThatLinuxDoesNotHave() {
        errors.note(Integer.MAX_VALUE);
        errors.report();
        assertEquals(List.of(), told());
    }

    /// The errno's name and the count of each event.
    private List<String> told() {
        return log.list.stream()
                .map(event -> {
                    var pairs = event.getKeyValuePairs();
                    assertEquals("call-failed", event.getMessage());
                    assertEquals("sendmmsg", pairs.get(0).value);
                    String errno = pairs.get(1).value.toString();
                    return errno.replaceFirst(" \\(.*", "") + " " + pairs.get(2).value;
                })
                .toList();
    }
}
