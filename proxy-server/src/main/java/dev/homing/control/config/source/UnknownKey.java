package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.Suggestion;
import java.util.ArrayList;
import java.util.List;

/// Guesses what an unknown key in a file was meant to be.
final class UnknownKey {

    private UnknownKey() {}

    static String remedy(String name, List<String> known) {
        return Suggestion.nearest(name, known)
                .map(near -> "Did you mean " + near + "?")
                .orElseGet(() -> elsewhere(name, known));
    }

    /// A right key in the wrong section, or the keys of this one.
    private static String elsewhere(String name, List<String> known) {
        List<String> places = new ArrayList<>();
        collect(Schema.ROOT, "", name, places);
        return places.isEmpty()
                ? "The keys here are " + String.join(", ", known) + "."
                : "It belongs elsewhere: " + String.join(" or ", places) + ".";
    }

    private static void collect(Key key, String path, String name, List<String> places) {
        if (!path.isEmpty() && key.name().equals(name)) {
            places.add(path);
        }
        switch (key) {
            case Key.Section section ->
                    section.keys()
                            .forEach(child ->
                                    collect(child, join(path, child.name()), name, places));
            case Key.ListOf<?> list -> collect(list.element(), path + "[]", name, places);
            case Key.MapOf map -> collect(map.element(), path + ".NAME", name, places);
            case Key.Setting<?> setting -> {
                // It has nothing below it.
            }
        }
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
