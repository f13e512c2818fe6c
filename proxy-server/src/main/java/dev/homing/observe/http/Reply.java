package dev.homing.observe.http;

/// What comes of a request whose answer may take a while: the answer, or why there is none.
public sealed interface Reply permits LongAnswer, Reply.Refused {

    /// @param status of HTTP, 4xx
    /// @param sentence for a person, with what to do
    record Refused(int status, String sentence) implements Reply {}
}
