package dev.homing.control.reload;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What is different between two configurations, key by key. Secrets show as masks, so that a
/// change of one is told of without it.
public final class Changes {

    /// What somebody can still read; the rest is counted.
    private static final int MOST = 200;

    private static final int HASH_OCTETS = 8;

    private Changes() {}

    /// One line for each key; entries of lists go by their names, or addresses.
    public static List<String> between(Configuration old, Configuration changed) {
        Map<String, String> before = flat(old);
        Map<String, String> after = flat(changed);
        Map<String, String> lines = new TreeMap<>();
        before.forEach((key, value) -> {
            String now = after.get(key);
            if (now == null) {
                lines.put(key, key + ": removed, was " + value);
            } else if (!now.equals(value)) {
                lines.put(key, key + ": " + value + " → " + now);
            }
        });
        after.forEach((key, value) -> {
            if (!before.containsKey(key)) {
                lines.put(key, key + ": " + value);
            }
        });
        List<String> all = new ArrayList<>(lines.values());
        if (all.isEmpty() && !old.equals(changed)) {
            return List.of("a secret, or the order of something");
        }
        if (all.size() <= MOST) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MOST));
        some.add("and " + (all.size() - MOST) + " more");
        return some;
    }

    /// The same for all instances whose configurations say the same, secrets aside: 16 hexadecimal
    /// digits.
    public static String hash(Configuration configuration) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(configuration.toYaml().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_OCTETS));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static Map<String, String> flat(Configuration configuration) {
        Map<String, String> flat = new TreeMap<>();
        put(flat, "", ConfigurationText.values(configuration));
        return flat;
    }

    private static void put(Map<String, String> flat, String path, Object value) {
        switch (value) {
            case Map<?, ?> map ->
                    map.forEach((key, inner) -> put(flat, join(path, key.toString()), inner));
            case List<?> list when list.stream().allMatch(item -> item instanceof Map) -> {
                for (int i = 0; i < list.size(); i++) {
                    put(flat, join(path, nameOf((Map<?, ?>) list.get(i), i)), list.get(i));
                }
            }
            default -> flat.put(path, value.toString());
        }
    }

    /// What an entry of a list is called; its place if it has no name.
    private static String nameOf(Map<?, ?> entry, int index) {
        Object name = entry.get("name");
        return Objects.requireNonNullElse(name == null ? entry.get("address") : name, index)
                .toString();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
