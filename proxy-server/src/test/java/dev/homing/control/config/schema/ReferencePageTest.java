package dev.homing.control.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReferencePageTest {

    /// Tests run in the folder of their module.
    private static final Path PAGE =
            Path.of("..", "docs", "reference", "configuration.md").toAbsolutePath().normalize();

    @Test
    void thePageInTheRepositoryIsWhatTheSchemaSays() throws IOException {
        String current = ReferencePage.write();
        if (Boolean.getBoolean("homing.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, current);
        }

        assertEquals(
                current,
                Files.exists(PAGE) ? Files.readString(PAGE) : "",
                "the page is stale: run ./homing test -Dhoming.docs.write=true");
    }

    @Test
    void everyKeySaysItsMeaningInWholeSentencesAndNamesNoSiblingTwice() {
        check(Schema.ROOT);
    }

    private static void check(Key key) {
        assertTrue(
                key.meaning().matches("(?s)[A-Z`].*\\."), () -> key.name() + ": " + key.meaning());
        switch (key) {
            case Key.Setting<?> setting -> {
                // Nothing below it.
            }
            case Key.Section section -> {
                Set<String> names = new HashSet<>();
                for (Key child : section.keys()) {
                    assertTrue(child.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), child.name());
                    assertTrue(names.add(child.name()), child.name());
                    check(child);
                }
            }
            case Key.ListOf<?> list -> check(list.element());
            case Key.MapOf map -> check(map.element());
        }
    }
}
