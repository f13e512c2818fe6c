package dev.homing.control.config;

import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.config.value.Parsed;
import dev.homing.control.config.value.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The hash key from the configuration itself or from a file of its own, as secrets are mounted
/// into containers.
final class HashKeyReading {

    /// A key, a line end and some blanks; anything longer is another file.
    private static final int FILE_MAX_BYTES = 256;

    private final Reading root;
    private final Problems problems;

    HashKeyReading(Reading root, Problems problems) {
        this.root = root;
        this.problems = problems;
    }

    /// @param file where the key was read from, if from a file
    record Found(Optional<HashKey> key, Optional<String> file) {}

    Found read() {
        boolean isKeyWritten = root.isWritten(Schema.HASH_KEY);
        boolean isFileWritten = root.isWritten(Schema.HASH_KEY_FILE);
        int keyLayer = root.where(Schema.HASH_KEY).layer();
        int fileLayer = root.where(Schema.HASH_KEY_FILE).layer();
        if (isKeyWritten && isFileWritten && keyLayer == fileLayer) {
            problems.add(
                    root.where(Schema.HASH_KEY_FILE),
                    Schema.HASH_KEY_FILE.name(),
                    "is given together with hash-key at " + root.where(Schema.HASH_KEY).text(),
                    "Remove one of the two.");
        }
        // The two are one choice: what a higher layer says of either hides what a lower one says of
        // the other.
        if (isFileWritten && (!isKeyWritten || fileLayer > keyLayer)) {
            Optional<String> file = root.find(Schema.HASH_KEY_FILE);
            return new Found(file.flatMap(this::readFile), file);
        }
        return new Found(root.find(Schema.HASH_KEY), Optional.empty());
    }

    private Optional<HashKey> readFile(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            String text = new String(in.readNBytes(FILE_MAX_BYTES), StandardCharsets.ISO_8859_1);
            return switch (Schema.HASH_KEY.kind().read(text.strip())) {
                case Parsed.Good<HashKey>(HashKey key) -> Optional.of(key);
                case Parsed.Bad<HashKey>(String what, String remedy) ->
                        refuse("what " + Shown.value(file) + " holds " + what, remedy);
            };
        } catch (NoSuchFileException e) {
            return refuse(Shown.value(file) + " does not exist", "Check the path.");
        } catch (AccessDeniedException e) {
            return refuse(
                    Shown.value(file) + " cannot be read: permission denied",
                    "Make it readable for the user that runs Homing.");
        } catch (IOException e) {
            return refuse(
                    Shown.value(file) + " cannot be read: " + e.getMessage(), "Check the path.");
        }
    }

    private Optional<HashKey> refuse(String what, String remedy) {
        problems.add(root.where(Schema.HASH_KEY_FILE), Schema.HASH_KEY_FILE.name(), what, remedy);
        return Optional.empty();
    }
}
