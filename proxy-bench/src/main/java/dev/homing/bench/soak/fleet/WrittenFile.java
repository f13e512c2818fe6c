package dev.homing.bench.soak.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A file that somebody else watches.
///
/// @param path where it is, or will be
record WrittenFile(Path path) {

    boolean has(String text) throws IOException {
        return Files.exists(path) && Files.readString(path).equals(text);
    }

    /// In place of the old one at once: nobody reads half a file. One that has this text is left
    /// alone.
    void write(String text) throws IOException {
        if (has(text)) {
            return;
        }
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.writeString(next, text);
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
