package dev.homing.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The launcher from a finished build on, with a small program in the place of Homing's.
final class LauncherTest {

    private static final String CACHE = "homing.aot";

    @TempDir Path root;

    private Path run;

    /// A checkout whose build is younger than its sources.
    @BeforeEach
    void build() throws IOException {
        Files.copy(OptionsTest.ROOT.resolve("homing"), root.resolve("homing"));
        Files.setPosixFilePermissions(
                root.resolve("homing"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(root.resolve("pom.xml"));
        Files.createDirectory(root.resolve(".mvn"));
        for (String module : List.of("proxy-core", "proxy-server")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        run = Files.createDirectories(root.resolve("target/run-proxy-server-1"));
        Files.copy(OptionsTest.FILE, run.resolve("java.options"));
        Files.createFile(run.resolve("lock"));
        String program = Told.class.getName().replace('.', '/') + ".class";
        Jar.write(
                run.resolve("proxy-server.jar"),
                Told.class.getName(),
                "",
                Map.of(
                        program,
                        Objects.requireNonNull(Told.class.getClassLoader().getResource(program))));
        Files.writeString(root.resolve("target/built-proxy-server"), run.toString());
    }

    private Ran homing(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("HOMING_JAVA_HOME", System.getProperty("java.home"));
        List<String> command = new ArrayList<>(List.of(root.resolve("homing").toString()));
        command.addAll(List.of(arguments));
        return Ran.of(root, all, command);
    }

    private Ran homing(String... arguments) throws IOException, InterruptedException {
        return homing(Map.of(), arguments);
    }

    @Test
    void makesTheCacheBeforeTheFirstRunAndUsesItEverAfter() throws Exception {
        Ran first = homing("run");
        assertEquals(0, first.exitCode(), first.err());
        assertEquals("[run] with the cache\n", first.out());
        assertTrue(first.err().startsWith("Preparing fast starts"), first.err());
        assertTrue(Files.size(run.resolve(CACHE)) > 0);
        assertFalse(Files.exists(run.resolve("rehearsal")));

        Ran second = homing("run");
        assertEquals("[run] with the cache\n", second.out());
        assertEquals("", second.err());
        assertEquals("[version] with the cache\n", homing("version").out());
    }

    @Test
    void answersQuestionsWithoutMakingTheCacheFirst() throws Exception {
        Ran ran = homing("version");

        assertEquals("[version] without the cache\n", ran.out());
        assertEquals("", ran.err());
        assertFalse(Files.exists(run.resolve(CACHE)));
    }

    @Test
    void saysOnceThatTheCacheCouldNotBeMadeAndGoesOn() throws Exception {
        Files.createFile(run.resolve("refuse-to-rehearse"));

        Ran first = homing("run");
        assertEquals("[run] without the cache\n", first.out());
        assertTrue(first.err().contains("the preparation failed"), first.err());
        assertTrue(Files.readString(run.resolve("rehearsal.log")).contains("refused"));

        Ran second = homing("run");
        assertEquals("[run] without the cache\n", second.out());
        assertEquals("", second.err());
    }

    @Test
    void aBrokenCacheIsPassedOverInSilence() throws Exception {
        Files.writeString(run.resolve(CACHE), "no cache");

        Ran ran = homing("run");
        assertEquals(0, ran.exitCode());
        assertEquals("[run] without the cache\n", ran.out());
        assertEquals("", ran.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:-UseCompactObjectHeaders",
                "-XX:-UseParallelGC -XX:+UseZGC",
                "-Xshare:off",
                "-XX:AOTMode=off",
                "-XX:SharedArchiveFile=/nonexistent"
            })
    void optionsOfTheUserWinOverTheCacheInSilence(String options) throws Exception {
        homing("run");

        Ran ran = homing(Map.of("HOMING_JAVA_OPTS", options), "run");
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals("[run] without the cache\n", ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void optionsOfTheUserWinOverOurs() throws Exception {
        Ran ran = homing(Map.of("HOMING_JAVA_OPTS", "-XX:-ExitOnOutOfMemoryError"), "options");

        String options = ran.out();
        assertTrue(options.contains("-XX:+UseParallelGC"), options);
        assertTrue(
                options.indexOf("-XX:-ExitOnOutOfMemoryError")
                        > options.indexOf("-XX:+ExitOnOutOfMemoryError"),
                options);
    }
}
