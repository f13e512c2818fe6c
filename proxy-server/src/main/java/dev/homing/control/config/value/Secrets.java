package dev.homing.control.config.value;

import dev.homing.cid.preset.Nghttpx;
import dev.homing.cid.quiclb.CidKey;
import java.util.HexFormat;
import java.util.Locale;

/// Keys and server IDs of connection ID schemes: octets in hexadecimal.
public final class Secrets {

    private static final int SERVER_ID_OCTETS_MAX = 15;

    private Secrets() {}

    /// An AES-128 key. The sentences never show the text, and it prints as a mask.
    public static Kind<CidKey> cidKey() {
        String form = "32 hexadecimal digits, or 16 pairs with colons between";
        String remedy = "Give " + form + ", for example from: openssl rand -hex 16.";
        return new Kind<>(
                form,
                text -> {
                    if (text.equals(HashKey.MASK)) {
                        return Parsed.bad(
                                "holds the mask that print-config shows in place of the key",
                                "Put the key back, or give it in cid-key-file.");
                    }
                    String problem = CidKey.problem(text);
                    return problem == null
                            ? Parsed.good(CidKey.parse(text))
                            : Parsed.bad("has " + problem, remedy);
                },
                key -> HashKey.MASK);
    }

    /// The first line of nghttpx's `--frontend-quic-secret-file` that is not empty and no remark:
    /// the one that nghttpx encrypts with.
    public static Kind<String> nghttpxSecret() {
        String form = "a line of 136 hexadecimal digits";
        return new Kind<>(
                form,
                text -> {
                    String line =
                            text.lines()
                                    .filter(each -> !each.isEmpty() && !each.startsWith("#"))
                                    .findFirst()
                                    .orElse("")
                                    .strip();
                    String problem = Nghttpx.problem(line);
                    return problem == null
                            ? Parsed.good(line)
                            : Parsed.bad("has " + problem, Kind.remedy(form));
                },
                line -> HashKey.MASK);
    }

    /// A server ID: read with or without `0x` and colons, printed as plain digits in lower case.
    public static Kind<String> serverId() {
        String form = "1 to 15 octets in hexadecimal, such as `31441a`";
        return new Kind<>(
                form,
                text -> {
                    String digits = text.toLowerCase(Locale.ROOT);
                    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
                    digits = digits.replace(":", "");
                    boolean isHex =
                            !digits.isEmpty()
                                    && digits.length() % 2 == 0
                                    && digits.length() <= 2 * SERVER_ID_OCTETS_MAX
                                    && digits.chars().allMatch(HexFormat::isHexDigit);
                    return isHex
                            ? Parsed.good(digits)
                            : Parsed.bad(
                                    Shown.value(text) + " is not a server ID", Kind.remedy(form));
                },
                serverId -> serverId);
    }
}
