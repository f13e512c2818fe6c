package dev.homing.control.config.source;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// A parser that stops where lists and sections are nested beyond all reason, before the composer,
/// which calls itself for each level, runs out of stack.
final class ShallowParser implements Parser {

    /// The configuration needs five.
    private static final int DEEPEST = 50;

    private final ParserImpl parser;
    private int depth;

    ShallowParser(LoadSettings settings, StreamReader text) {
        parser = new ParserImpl(settings, text);
    }

    @Override
    public boolean checkEvent(Event.ID id) {
        return parser.checkEvent(id);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
            throw new ParserException(
                    "lists and sections are nested more than " + DEEPEST + " deep",
                    event.getStartMark());
        }
        if (event instanceof CollectionEndEvent) {
            depth--;
        }
        return event;
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }
}
