package dev.homing.bench.load;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/// What the processes of a run say to each other: JSON, one object a line. JSON is read as what it
/// also is, YAML.
public final class Values {

    private Values() {}

    /// @throws IllegalArgumentException if it is no object
    public static Map<String, Object> read(String line) {
        LoadSettings settings = LoadSettings.builder().setSchema(new JsonSchema()).build();
        return map(new Load(settings).loadFromString(line));
    }

    /// An object inside an object.
    public static Map<String, Object> object(Map<String, Object> values, String name) {
        return map(value(values, name));
    }

    @SuppressWarnings("unchecked") // an object's names are texts
    private static Map<String, Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("not an object: " + value);
    }

    public static long whole(Map<String, Object> values, String name) {
        return ((Number) value(values, name)).longValue();
    }

    public static int integer(Map<String, Object> values, String name) {
        return Math.toIntExact(whole(values, name));
    }

    public static double real(Map<String, Object> values, String name) {
        return ((Number) value(values, name)).doubleValue();
    }

    public static String text(Map<String, Object> values, String name) {
        return value(values, name).toString();
    }

    public static boolean truth(Map<String, Object> values, String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    public static List<Integer> integers(Map<String, Object> values, String name) {
        return ((List<?>) value(values, name))
                .stream().map(each -> ((Number) each).intValue()).toList();
    }

    private static Object value(Map<String, Object> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
