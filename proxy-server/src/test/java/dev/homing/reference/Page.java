package dev.homing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One generated page of docs/reference.
final class Page {

    private static final String REMEDY =
            "./homing test -Dhoming.docs.write=true writes the pages anew";

    private Page() {}

    /// Fails when the page in the repository is not what the code says; writes it instead with
    /// `-Dhoming.docs.write=true`.
    static void assertCurrent(String fileName, String content) throws IOException {
        Path page = folder().resolve(fileName);
        if (Boolean.getBoolean("homing.docs.write")) {
            Files.writeString(page, content);
        }
        String found = Files.exists(page) ? Files.readString(page) : "";
        assertEquals(content, found, () -> page + " is stale: " + REMEDY);
    }

    /// The tests run in the folder of their module.
    private static Path folder() {
        return Path.of("..", "docs", "reference").normalize();
    }
}
