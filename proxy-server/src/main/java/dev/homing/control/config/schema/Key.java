package dev.homing.control.config.schema;

import dev.homing.control.config.value.Kind;
import java.util.List;
import java.util.Optional;

/// A named place in the configuration.
public sealed interface Key {

    /// As it is written in a file; empty for what stands in a list.
    String name();

    /// One sentence for the reference page.
    String meaning();

    /// One value.
    ///
    /// @param preset what holds when nothing is written
    /// @param isSecret whether the value must never be shown
    record Setting<T>(String name, Kind<T> kind, Preset<T> preset, String meaning, boolean isSecret)
            implements Key {

        public static <T> Setting<T> required(String name, Kind<T> kind, String meaning) {
            return new Setting<>(name, kind, new Preset.Required<>(), meaning, false);
        }

        /// @param preset in words, when it is not a plain value: `the only pool`
        public static <T> Setting<T> optional(
                String name, Kind<T> kind, String preset, String meaning) {
            return new Setting<>(name, kind, new Preset.Described<>(preset), meaning, false);
        }

        public static <T> Setting<T> of(String name, Kind<T> kind, T preset, String meaning) {
            return new Setting<>(name, kind, new Preset.Value<>(preset), meaning, false);
        }

        Setting<T> secret() {
            return new Setting<>(name, kind, preset, meaning, true);
        }

        public Optional<T> presetValue() {
            return preset instanceof Preset.Value<T>(T value)
                    ? Optional.of(value)
                    : Optional.empty();
        }
    }

    /// What holds when a setting is not written.
    sealed interface Preset<T> {
        record Required<T>() implements Preset<T> {}

        /// It follows from something else, which the text names.
        record Described<T>(String text) implements Preset<T> {}

        record Value<T>(T value) implements Preset<T> {}
    }

    /// Keys that belong together.
    record Section(String name, String meaning, List<Key> keys) implements Key {
        public Section {
            keys = List.copyOf(keys);
        }
    }

    /// Any number of sections or values, in order.
    record ListOf<K extends Key>(String name, String meaning, K element) implements Key {}

    /// Sections under names of the user's choice.
    record MapOf(String name, String meaning, Kind<String> names, Section element) implements Key {}
}
