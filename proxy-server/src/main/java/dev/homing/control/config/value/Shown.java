package dev.homing.control.config.value;

/// How a text that somebody else wrote appears in a sentence of ours: quoted, short and without
/// control characters, so that it can neither flood nor steer a terminal.
public final class Shown {

    private static final int LONGEST = 80;

    private Shown() {}

    public static String value(String text) {
        return "\"" + plain(text) + "\"";
    }

    /// Without the quotes.
    public static String plain(String text) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(isPrintable(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return shown.append(text.length() > LONGEST ? "…" : "").toString();
    }

    private static boolean isPrintable(char c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
    }
}
