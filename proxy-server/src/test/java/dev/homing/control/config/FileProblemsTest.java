package dev.homing.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are no configuration at all.
final class FileProblemsTest {

    @TempDir Path folder;

    static List<List<String>> badYaml() {
        return List.of(
                List.of(
                        "",
                        "yaml: is empty. Write listeners and pools into it, or leave out the file and use --listen and --backend."),
                List.of(
                        "# only a comment\n",
                        "yaml: is empty. Write listeners and pools into it, or leave out the file and use --listen and --backend."),
                List.of(
                        "threads:\n\tshards: 1\n",
                        "yaml:2:1: is not YAML: while scanning for the next token, found character '\\t(TAB)' that cannot"
                                + " start any token. (Do not use \\t(TAB) for indentation). Correct the syntax at this place."),
                List.of(
                        "threads:\n  shards: 1\n   receivers: 1\n",
                        "yaml:3:13: is not YAML: mapping values are not allowed here. Correct the syntax at this place."),
                List.of(
                        "listeners: [\n",
                        "yaml:2:1: is not YAML: while parsing a flow node, expected the node content, but found"
                                + " '<stream end>'. Correct the syntax at this place."),
                List.of(
                        "listeners:\n  - address: [::1]:4433\n",
                        "yaml:2:15: is not YAML: while parsing a flow node, expected the node content, but found ':'."
                                + " Put the address in quotes: \"[::1]:4433\"."),
                List.of(
                        "listeners:\n  - address: *:4433\n",
                        "yaml:2:14: is not YAML: found undefined alias :4433. Put the address in quotes: \"*:4433\"."),
                List.of(
                        "threads: {}\n---\nthreads: {}\n",
                        "yaml:3:1: begins a second document. Remove the line --- and keep one configuration in the file."),
                List.of(
                        "log:\n  level: \u0007\n",
                        "yaml:2:10: has the control character U+0007. Remove it; if this is no text file, name the"
                                + " configuration file."),
                List.of(
                        "%YAML 3.0\n---\nlog: {}\n",
                        "yaml: is not YAML: Version{major=3, minor=0}. Correct the syntax."),
                List.of(
                        "a: " + "[".repeat(60_000),
                        "yaml:1:53: is not YAML: lists and sections are nested more than 50 deep. Correct the syntax at"
                                + " this place."));
    }

    @ParameterizedTest
    @MethodSource("badYaml")
    void refusesWhatIsNotOneYamlDocument(List<String> textAndProblem) {
        assertEquals(
                List.of(textAndProblem.getLast()),
                Loading.of(folder, textAndProblem.getFirst()).problems());
    }

    @Test
    void refusesAListOrAWordInPlaceOfTheKeys() {
        assertTrue(
                Loading.of(folder, "- address: x\n")
                        .problems()
                        .getFirst()
                        .startsWith("yaml:1:1: has a list where keys belong. "));
        assertTrue(
                Loading.of(folder, "hello\n")
                        .problems()
                        .getFirst()
                        .startsWith("yaml:1:1: has the value \"hello\" where keys belong. "));
    }

    @Test
    void refusesTagsAliasesToThemselvesAndListsAsKeys() {
        List<String> problems =
                Loading.of(
                                folder,
                                """
                                log:
                                  level: !env LEVEL
                                  ? [a]
                                  : b
                                  format: &loop [*loop]
                                """)
                        .listen(":4433")
                        .backend("10.0.0.1:1")
                        .problems();

        assertEquals(
                List.of(
                        "yaml:2:10: has the tag \"!env\". Remove the tag: values are plain.",
                        "yaml:2:10: log.level: \"LEVEL\" is not one of error, warn, info, debug. Give one of error, warn, info, debug.",
                        "yaml:3:5: is a list or section in the place of a key. Write a word.",
                        "yaml:5:11: contains itself. Remove the alias that leads back here."),
                problems);
    }

    @Test
    void stopsFollowingAliasesThatMultiply() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a").append(i).append(": &a").append(i).append(" [").append(before);
            yaml.append((", " + before).repeat(9)).append("]\n");
        }

        List<String> problems = Loading.of(folder, yaml.toString()).problems();

        assertTrue(
                problems.stream()
                        .anyMatch(problem ->
                                problem.contains(
                                        "is more than 1000000 values when all aliases are followed")),
                () -> problems.toString());
    }

    @Test
    void refusesAMissingFileADirectoryAndAPathThatIsNone() {
        String missing = folder.resolve("missing").toString();
        assertEquals(
                List.of(
                        "missing: does not exist. Check the name given with -c or in HOMING_CONFIG."),
                new Loading().file(missing).problems());
        assertEquals(
                List.of("dev: is a directory. Name the file in it."),
                new Loading().file("/dev").problems());
        assertEquals(
                List.of("a\0b: is not a path. Check the name given with -c or in HOMING_CONFIG."),
                new Loading().file("a\0b").problemsInFull());
        assertEquals(
                List.of("--config: names no file. Name one, or leave it out altogether."),
                new Loading().file("").problemsInFull());
    }

    @Test
    void refusesAFileThatMayNotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("yaml"), "log: {}\n");
        assumeFalse(
                !file.toFile().setReadable(false) || Files.isReadable(file),
                "this user reads everything");

        assertEquals(
                List.of(
                        "yaml: cannot be read: permission denied. Make it readable for the user that runs Homing."),
                new Loading().file(file.toString()).problems());
    }

    @Test
    void refusesBinaryAndHugeFiles() throws IOException {
        Path binary = Files.write(folder.resolve("yaml"), new byte[] {0x7f, 'E', (byte) 0xff});
        assertEquals(
                List.of("yaml: is not UTF-8 text. Save it as UTF-8, or name a configuration file."),
                new Loading().file(binary.toString()).problems());
        Path huge = Files.write(folder.resolve("yaml"), new byte[(8 << 20) + 1]);
        assertEquals(
                List.of("yaml: is larger than 8 MiB. Name a configuration file."),
                new Loading().file(huge.toString()).problems());
        // A device has no size that could be asked first.
        assertEquals(
                List.of("zero: is larger than 8 MiB. Name a configuration file."),
                new Loading().file("/dev/zero").problems());
        assertEquals(
                List.of("random: is larger than 8 MiB. Name a configuration file."),
                new Loading().file("/dev/random").problems());
    }

    @Test
    void readsWindowsLineEndsAByteOrderMarkAnchorsAndTextsBeyondAscii() throws IOException {
        Path file =
                Files.write(
                        folder.resolve("yaml"),
                        """
                        \ufeff# Grüße 🏡
                        listeners:
                          - address: "127.0.0.1:4433"
                        pools:
                          web:
                            backends: &servers
                              - address: 10.0.0.1:443
                          eu: # not named by a listener
                            backends: *servers
                        threads:
                          shards: two
                        """
                                .replace("\n", "\r\n")
                                .getBytes(StandardCharsets.UTF_8));

        assertEquals(
                List.of(
                        "yaml:3:5: listeners.0.pool: is missing, and there are 2 pools. Name one of web, eu.",
                        "yaml:11:11: threads.shards: \"two\" is not a whole number. Give auto or a whole number, 1 to 64."),
                new Loading().file(file.toString()).problems());
    }
}
