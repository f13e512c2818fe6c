package dev.homing.control.config.value;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of QUIC: by its name, or by its number as it stands in packets (RFC 8999 section 5.1).
public final class QuicVersions {

    private static final String FORM = "`v1`, `v2`, `draft-29`, or a number as in `0x6b3343cf`";

    /// RFC 9000 and RFC 9369.
    private static final Map<Integer, String> NAMES = Map.of(0x00000001, "v1", 0x6b3343cf, "v2");

    /// draft-ietf-quic-transport-NN.
    private static final int DRAFT = 0xff000000;

    private static final Pattern DRAFT_TEXT = Pattern.compile("draft-([0-9]{1,2})");
    private static final Pattern NUMBER_TEXT = Pattern.compile("0x([0-9a-fA-F]{1,8})");

    private QuicVersions() {}

    public static Kind<Integer> version() {
        return new Kind<>(FORM, QuicVersions::read, QuicVersions::print);
    }

    private static Parsed<Integer> read(String text) {
        for (Map.Entry<Integer, String> named : NAMES.entrySet()) {
            if (named.getValue().equals(text)) {
                return Parsed.good(named.getKey());
            }
        }
        Matcher draft = DRAFT_TEXT.matcher(text);
        if (draft.matches()) {
            return Parsed.good(DRAFT | Integer.parseInt(draft.group(1)));
        }
        Matcher number = NUMBER_TEXT.matcher(text);
        if (!number.matches()) {
            return Parsed.bad(Shown.value(text) + " is not a QUIC version", Kind.remedy(FORM));
        }
        int version = Integer.parseUnsignedInt(number.group(1), 16);
        return version == 0
                ? Parsed.bad(
                        Shown.value(text) + " is no version: it marks Version Negotiation",
                        Kind.remedy(FORM))
                : Parsed.good(version);
    }

    private static String print(int version) {
        int draft = version ^ DRAFT;
        return NAMES.containsKey(version)
                ? NAMES.get(version)
                : draft > 0 && draft < 100 ? "draft-" + draft : "0x%08x".formatted(version);
    }
}
