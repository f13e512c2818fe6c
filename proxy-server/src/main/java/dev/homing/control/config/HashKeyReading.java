package dev.homing.control.config;

import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.SecretFile;
import dev.homing.control.config.value.HashKey;
import java.util.Optional;

/// The hash key from the configuration itself or from a file of its own, as secrets are mounted
/// into containers.
final class HashKeyReading {

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
        return new SecretFile(
                        file,
                        root.where(Schema.HASH_KEY_FILE),
                        Schema.HASH_KEY_FILE.name(),
                        problems)
                .read(Schema.HASH_KEY.kind());
    }
}
