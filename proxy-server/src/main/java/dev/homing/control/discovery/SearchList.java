package dev.homing.control.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which full names a name may stand for (resolv.conf(5): `search`, `ndots`).
///
/// @param domains to be put behind a name
/// @param dots so many in a name make it be tried by itself first
record SearchList(List<String> domains, int dots) {

    private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");

    /// resolv.conf(5).
    private static final int DOTS_MAX = 15;

    static SearchList ofThisMachine() {
        try {
            return parse(Files.readString(RESOLV_CONF, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return parse("");
        }
    }

    static SearchList parse(String resolvConf) {
        List<String> domains = List.of();
        int dots = 1;
        for (String line : resolvConf.split("\n", -1)) {
            String[] words = line.strip().split("\\s+", -1);
            switch (words[0]) {
                // The last of these lines counts.
                case "search", "domain" -> domains = List.of(words).subList(1, words.length);
                case "options" -> {
                    for (String option : words) {
                        if (option.matches("ndots:[0-9]{1,4}")) {
                            dots = Math.min(DOTS_MAX, Integer.parseInt(option.substring(6)));
                        }
                    }
                }
                default -> {
                    // Name servers and remarks: not ours.
                }
            }
        }
        return new SearchList(
                domains.stream().filter(domain -> !domain.equals(".")).toList(), dots);
    }

    /// In the order in which they are to be tried, each with a dot at its end.
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name);
        }
        List<String> candidates = new ArrayList<>();
        for (String domain : domains) {
            candidates.add(name + "." + domain + (domain.endsWith(".") ? "" : "."));
        }
        boolean isFirst = name.chars().filter(character -> character == '.').count() >= dots;
        candidates.add(isFirst ? 0 : candidates.size(), name + ".");
        return candidates;
    }
}
