package dev.homing;

import dev.homing.control.config.value.Kind;
import dev.homing.control.config.value.Parsed;
import dev.homing.control.config.value.Words;
import dev.homing.control.trace.TraceWish;
import dev.homing.observe.http.Reply;
import dev.homing.observe.trace.Names;
import dev.homing.observe.trace.RunningTrace;
import dev.homing.observe.trace.TraceFormat;
import dev.homing.observe.trace.TracedThread;
import dev.homing.trace.Selection;
import dev.homing.trace.TraceFeed;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Begins traces for whoever asks at the admin address, one at a time.
///
/// The admin server's thread.
final class Traces {

    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private static final Kind<TraceFormat> FORMAT = Words.oneOf(List.of(TraceFormat.values()));

    private final TraceFeed feed;
    private final List<TracedThread> threads;
    private final Names names;
    private boolean isRunning;
    private int number;

    Traces(TraceFeed feed, List<TracedThread> threads, Names names) {
        this.feed = feed;
        this.threads = threads;
        this.names = names;
    }

    /// @param query of the URL, such as `sample=1/1000&duration=10s&format=json`
    Reply begin(String query) {
        Map<String, String> texts = new LinkedHashMap<>();
        try {
            new QueryStringDecoder(query, false)
                    .parameters()
                    .forEach((name, values) -> texts.put(name, values.getLast()));
        } catch (IllegalArgumentException e) {
            return new Reply.Refused(BAD_REQUEST, "the query of this URL is damaged");
        }
        String format = texts.remove("format");
        return switch (FORMAT.read(format == null ? "json" : format)) {
            case Parsed.Bad<TraceFormat>(String what, String remedy) ->
                    new Reply.Refused(BAD_REQUEST, "format: " + what + ". " + remedy);
            case Parsed.Good<TraceFormat>(TraceFormat known) ->
                    switch (TraceWish.of(texts)) {
                        case Parsed.Bad<TraceWish>(String what, String remedy) ->
                                new Reply.Refused(BAD_REQUEST, what + ". " + remedy);
                        case Parsed.Good<TraceWish>(TraceWish wish) -> begin(wish, known);
                    };
        };
    }

    private Reply begin(TraceWish wish, TraceFormat format) {
        if (isRunning) {
            return new Reply.Refused(
                    CONFLICT,
                    "a trace is running already, and there is one at a time. Wait until it ends, or end it.");
        }
        isRunning = true;
        number = number % Selection.MAX_NUMBER + 1;
        return new RunningTrace(
                feed,
                wish.selection(number),
                threads,
                names,
                format,
                wish.duration(),
                () -> isRunning = false);
    }
}
