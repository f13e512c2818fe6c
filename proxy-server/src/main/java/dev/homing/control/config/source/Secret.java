package dev.homing.control.config.source;

import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Key.Setting;
import java.util.Optional;

/// A secret that is written in the configuration itself or in a file of its own.
///
/// @param value empty if there is none, or none that can be used
/// @param file where it was to be read from, if from a file
public record Secret<T>(Optional<T> value, Optional<String> file) {

    /// The two are one choice: what a higher layer says of either hides what a lower one says of
    /// the other, be it a mask.
    public static <T> Secret<T> read(
            Reading reading, Setting<T> inline, Setting<String> inFile, Problems problems) {
        boolean isInline = isInForce(reading, inline, inFile);
        boolean isInFile = isInForce(reading, inFile, inline);
        if (isInline && isInFile) {
            problems.add(
                    reading.where(inFile),
                    reading.path(inFile),
                    "is given together with %s at %s"
                            .formatted(inline.name(), reading.where(inline).text()),
                    "Remove one of the two.");
        }
        if (isInline || !isInFile) {
            return new Secret<>(
                    isInline ? reading.find(inline) : Optional.empty(), Optional.empty());
        }
        Optional<String> file = reading.find(inFile);
        return new Secret<>(
                file.flatMap(path ->
                        new SecretFile(path, reading.where(inFile), reading.path(inFile), problems)
                                .read(inline.kind())),
                file);
    }

    private static boolean isInForce(Reading reading, Key key, Key other) {
        return reading.isWritten(key)
                && (!reading.isWritten(other)
                        || reading.where(key).layer() >= reading.where(other).layer());
    }
}
