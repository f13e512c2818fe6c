package dev.homing.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher and the container image do, with the program itself.
final class CacheTest {

    private static final String DATA_PLANE = " dev.homing.DataPlane ";

    @TempDir Path folder;

    private Path jar() {
        return folder.resolve("homing.jar");
    }

    /// The JVM takes classes into its cache from jars only, beside the program's own or below.
    private void packUp() throws IOException {
        List<String> libraries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry).toAbsolutePath();
            if (path.endsWith("test-classes")) {
                continue;
            }
            String name = libraries.size() + ".jar";
            if (Files.isDirectory(path)) {
                Jar.writeFolder(folder.resolve(name), path);
            } else {
                Files.createSymbolicLink(folder.resolve(name), path);
            }
            libraries.add(name);
        }
        Jar.write(jar(), "dev.homing.Main", String.join(" ", libraries), Map.of());
    }

    private Ran java(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "@" + OptionsTest.FILE,
                                "-Djava.io.tmpdir=" + folder));
        command.addAll(List.of(arguments));
        return Ran.of(folder, Map.of(), command);
    }

    @Test
    void rehearsesAndStartsFromWhatTheJvmHasLearned() throws Exception {
        packUp();
        String jar = jar().toString();

        Ran rehearsal =
                java("-XX:AOTMode=record", "-XX:AOTConfiguration=conf", "-jar", jar, "rehearse");
        assertEquals(0, rehearsal.exitCode(), rehearsal.out() + rehearsal.err());
        assertEquals("", rehearsal.err());
        assertEquals(2, rehearsal.out().lines().filter(line -> line.contains("stopped")).count());

        Ran creation =
                java(
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=conf",
                        "-XX:AOTCache=homing.aot",
                        "-jar",
                        jar);
        assertEquals(0, creation.exitCode(), creation.out() + creation.err());

        Ran run =
                java(
                        "-XX:AOTCache=homing.aot",
                        "-Xlog:class+load:file=classes",
                        "-jar",
                        jar,
                        "run",
                        "--listen=127.0.0.1:0",
                        "--backend=127.0.0.1:9",
                        "--admin=192.0.2.1:1");
        assertEquals(1, run.exitCode(), "an address that no machine has: " + run.out());
        List<String> classes =
                Files.readAllLines(folder.resolve("classes")).stream()
                        .filter(line -> line.contains(DATA_PLANE))
                        .toList();
        assertFalse(classes.isEmpty());
        assertTrue(
                classes.stream().allMatch(line -> line.endsWith("source: shared objects file")),
                classes::toString);
    }
}
