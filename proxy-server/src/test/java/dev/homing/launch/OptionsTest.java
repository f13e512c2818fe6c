package dev.homing.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JVM's options stand in one file, and whoever starts the JVM reads them there: a cache that
/// was made with others would not fit.
final class OptionsTest {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path FILE = Path.of("src/main/jvm/java.options").toAbsolutePath();

    /// What stands in java.options or nowhere.
    private static final Pattern OPTION =
            Pattern.compile(
                    "-XX:[+-]\\w*|-Xlog|-Xm\\w|-Xs\\w\\d|--enable-\\S+|--add-(?:exports|opens|reads)\\S*");

    @ParameterizedTest
    @ValueSource(strings = {"docker/Dockerfile", "homing"})
    void whoeverStartsTheJvmReadsTheFileAndAddsNothing(String starter) throws IOException {
        List<String> lines =
                Files.readAllLines(ROOT.resolve(starter)).stream()
                        .filter(line -> !line.strip().startsWith("#"))
                        .toList();

        assertEquals(
                List.of(), lines.stream().filter(OPTION.asPredicate()).toList(), "options there");
        assertTrue(
                lines.stream().anyMatch(line -> line.contains(ROOT.relativize(FILE).toString())));
    }

    @Test
    void theImagesContextHasTheFile() throws IOException {
        assertTrue(
                Files.readAllLines(ROOT.resolve(".dockerignore"))
                        .contains("!" + ROOT.relativize(FILE)));
    }
}
