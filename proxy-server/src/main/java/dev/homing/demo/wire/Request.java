package dev.homing.demo.wire;

import org.jspecify.annotations.Nullable;

/// What a client asks for on a bidirectional stream, in one line of ASCII:
///
/// ```
///   client                                  server
///   GET 1048576 42\n FIN       ──────────►
///                              ◄──────────  berlin\n  and bytes 0 … 1048575 of SeededBytes(42)  FIN
///
///   ECHO\n  any bytes  FIN     ──────────►
///                              ◄──────────  the same bytes, as they come  FIN
/// ```
///
/// The first answer names the server: that is how a client learns which one the balancer chose. Any
/// other line resets the stream with [#BAD_REQUEST].
public sealed interface Request {
    /// The application protocol (ALPN) that this conversation is known by.
    String PROTOCOL = "homing-demo";

    /// Application error code of a stream that asked for something else.
    int BAD_REQUEST = 1;

    /// The longest line: `GET`, a length and a seed of 20 characters at most each.
    int MAX_LINE_BYTES = 64;

    /// `lengthBytes` bytes that `seed` determines.
    record Get(long lengthBytes, long seed) implements Request {
        public Get {
            if (lengthBytes < 0) {
                throw new IllegalArgumentException("lengthBytes is " + lengthBytes);
            }
        }

        @Override
        public String line() {
            return "GET " + lengthBytes + ' ' + seed;
        }
    }

    /// Everything that follows, back.
    record Echo() implements Request {
        @Override
        public String line() {
            return "ECHO";
        }
    }

    /// The request as it goes over the wire, without the line feed.
    String line();

    /// The request that `line` means (without its line feed), or null when it means none.
    static @Nullable Request parse(String line) {
        if (line.equals("ECHO")) {
            return new Echo();
        }
        int space = line.indexOf(' ', 4);
        if (!line.startsWith("GET ") || space < 0) {
            return null;
        }
        try {
            long lengthBytes = Long.parseLong(line, 4, space, 10);
            long seed = Long.parseLong(line, space + 1, line.length(), 10);
            return lengthBytes < 0 ? null : new Get(lengthBytes, seed);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
