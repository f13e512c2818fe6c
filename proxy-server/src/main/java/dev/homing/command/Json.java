package dev.homing.command;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes maps, lists, texts, numbers and booleans as JSON (RFC 8259), indented for people.
final class Json {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private Json() {}

    static String write(Object value) {
        Json json = new Json();
        json.append(value, "");
        return json.text.toString();
    }

    private void append(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> text.append("{}");
            case List<?> list when list.isEmpty() -> text.append("[]");
            case Map<?, ?> map -> {
                text.append("{\n");
                for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator();
                        i.hasNext(); ) {
                    Map.Entry<?, ?> entry = i.next();
                    text.append(indent).append(INDENT);
                    quote(String.valueOf(entry.getKey()));
                    text.append(": ");
                    append(entry.getValue(), indent + INDENT);
                    text.append(i.hasNext() ? ",\n" : "\n");
                }
                text.append(indent).append("}");
            }
            case List<?> list -> {
                text.append("[\n");
                for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                    text.append(indent).append(INDENT);
                    append(i.next(), indent + INDENT);
                    text.append(i.hasNext() ? ",\n" : "\n");
                }
                text.append(indent).append("]");
            }
            case Number number -> text.append(number);
            case Boolean truth -> text.append(truth);
            default -> quote(value.toString());
        }
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c)) {
                        // A lone surrogate has no UTF-8 form; a pair may be written either way.
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
