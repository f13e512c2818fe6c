package dev.homing.command;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How much a terminal shows.
///
/// @param columns characters in a line
/// @param rows lines
record TerminalSize(int columns, int rows) {

    /// Of something that is no terminal.
    static final TerminalSize UNBOUNDED = new TerminalSize(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;
    private static final long PATIENCE_MS = 500;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})");

    /// Asked anew each time, since windows change: `stty size` (stty(1)) of the controlling
    /// terminal, where there is that program; else the variables that shells keep.
    static TerminalSize now(Map<String, String> environment) throws InterruptedException {
        Matcher told = SIZE.matcher(stty());
        return told.matches()
                ? new TerminalSize(Integer.parseInt(told.group(2)), Integer.parseInt(told.group(1)))
                : new TerminalSize(
                        number(environment.get("COLUMNS"), USUAL_COLUMNS),
                        number(environment.get("LINES"), USUAL_ROWS));
    }

    private static String stty() throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return "";
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : otherwise;
    }
}
