package dev.homing.peers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an end of a connection says of ECN (RFC 9000 section 13.4) when the connection is over.
///
/// ```
/// ECN capable, 140000 of 140010 packets from 127.0.0.1:4433 were marked
/// ```
///
/// @param state `capable` when the marks that this end sent were seen to arrive (section 13.4.2.1)
/// @param marked of what it received
/// @param received packets or datagrams
public record EcnVerdict(String state, long marked, long received) {

    private static final Pattern LINE =
            Pattern.compile("ECN (\\w+), (\\d+) of (\\d+) \\w+ from \\S+ were marked");

    /// Whether there is one in a log already.
    public static boolean isIn(String log) {
        return LINE.matcher(log).find();
    }

    /// Of a log that has one.
    public static EcnVerdict in(String log) {
        Matcher line = LINE.matcher(log);
        if (!line.find()) {
            throw new AssertionError("says nothing of ECN: " + log);
        }
        return new EcnVerdict(
                line.group(1), Long.parseLong(line.group(2)), Long.parseLong(line.group(3)));
    }

    /// The marks got there and those of the other end came here. While an end has not validated the
    /// path it may leave some packets without a mark.
    public boolean isGoodBothWays() {
        return state.equals("capable") && marked >= received - received / 20;
    }
}
