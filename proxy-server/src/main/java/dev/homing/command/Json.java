package dev.homing.command;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes maps, lists, texts, numbers and booleans as JSON (RFC 8259), indented for people, or in
/// one line for programs that read line by line.
public final class Json {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final boolean isOneLine;

    private Json(boolean isOneLine) {
        this.isOneLine = isOneLine;
    }

    public static String write(Object value) {
        return write(value, new Json(false));
    }

    public static String line(Object value) {
        return write(value, new Json(true));
    }

    private static String write(Object value, Json json) {
        json.append(value, "");
        return json.text.toString();
    }

    private void newLine(String indent) {
        if (!isOneLine) {
            text.append('\n').append(indent);
        }
    }

    private void append(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> text.append("{}");
            case List<?> list when list.isEmpty() -> text.append("[]");
            case Map<?, ?> map -> {
                text.append("{");
                for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator();
                        i.hasNext(); ) {
                    Map.Entry<?, ?> entry = i.next();
                    newLine(indent + INDENT);
                    quote(String.valueOf(entry.getKey()));
                    text.append(isOneLine ? ":" : ": ");
                    append(entry.getValue(), indent + INDENT);
                    text.append(i.hasNext() ? "," : "");
                }
                newLine(indent);
                text.append("}");
            }
            case List<?> list -> {
                text.append("[");
                for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
                    newLine(indent + INDENT);
                    append(i.next(), indent + INDENT);
                    text.append(i.hasNext() ? "," : "");
                }
                newLine(indent);
                text.append("]");
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
