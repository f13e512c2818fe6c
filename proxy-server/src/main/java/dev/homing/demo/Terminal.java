package dev.homing.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What may be written to an output stream of this process.
///
/// @param interactive whether a person sees the stream as it is written, so that a line can be
///   overwritten
/// @param colours whether it shows colours and its reader wants them
public record Terminal(boolean interactive, boolean colours) {
    /// A file, a pipe, or anything else that is not a terminal.
    public static final Terminal NONE = new Terminal(false, false);

    public static Terminal ofOut() {
        return of(1, System.getenv());
    }

    public static Terminal ofErr() {
        return of(2, System.getenv());
    }

    /// Looks at file descriptor 1 or 2: `System.console()` knows only whether standard input and
    /// output are both terminals, which is not what matters when only one of them is redirected.
    static Terminal of(int fileDescriptor, Map<String, String> environment) {
        try {
            Path open = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fileDescriptor));
            return of(open.toString(), environment);
        } catch (IOException e) {
            return NONE;
        }
    }

    static Terminal of(String open, Map<String, String> environment) {
        boolean terminal =
                open.startsWith("/dev/pts/")
                        || open.startsWith("/dev/tty")
                        || open.equals("/dev/console");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        // no-color.org: when present and not an empty string, regardless of its value.
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(terminal && !dumb, terminal && !dumb && !unwanted);
    }
}
