package dev.homing.control.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.source.FileRead;
import dev.homing.control.config.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileWatchTest {

    private static final Duration QUIET = Duration.ofMillis(30);

    /// So long that only an event can have been the reason.
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir private Path folder;

    private final Semaphore told = new Semaphore(0);
    private FileWatch watch = new FileWatch(told::release, QUIET, NEVER);

    @AfterEach
    void close() {
        watch.close();
    }

    /// As the loader reads it.
    private static List<FileRead> read(Path file) {
        return new ConfigurationLoader(Network.ofThisMachine(waiting -> {}))
                .load(Sources.of(file.toString(), Map.of()))
                .files();
    }

    private void assertTold() throws InterruptedException {
        assertTrue(told.tryAcquire(10, TimeUnit.SECONDS), "nothing was told");
    }

    @Test
    void tellsWhenAFileIsWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("homing.yaml"), "a");
        watch.watch(read(file));

        Files.writeString(file, "b");

        assertTold();
    }

    @Test
    void tellsWhenAnEditorPutsAnotherFileInItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("homing.yaml"), "a");
        watch.watch(read(file));

        Path other = Files.writeString(folder.resolve(".homing.yaml.swp"), "b");
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        assertTold();
    }

    @Test
    void tellsWhenAConfigMapGetsOtherContents() throws Exception {
        Path first = Files.createDirectory(folder.resolve("..2026_01"));
        Files.writeString(first.resolve("homing.yaml"), "a");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
        Path file =
                Files.createSymbolicLink(
                        folder.resolve("homing.yaml"), Path.of("..data", "homing.yaml"));
        watch.watch(read(file));

        for (String next : List.of("..2026_02", "..2026_03")) {
            Path version = Files.createDirectory(folder.resolve(next));
            Files.writeString(version.resolve("homing.yaml"), next);
            Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(next));
            Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            assertTold();
        }
    }

    @Test
    void tellsWhenAFileComesThatWasNotThere() throws Exception {
        Path file = folder.resolve("backends");
        watch.watch(read(file));

        Files.writeString(file, "a");

        assertTold();
    }

    @Test
    void saysNothingWhenAFileIsTouchedOrWrittenAsItWas() throws Exception {
        Path file = Files.writeString(folder.resolve("homing.yaml"), "a");
        Path other = Files.writeString(folder.resolve("other.yaml"), "a");
        watch.watch(List.of(read(file).getFirst(), read(other).getFirst()));

        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        Files.writeString(file, "a");
        Files.writeString(folder.resolve("unrelated"), "x");
        Files.writeString(other, "b");

        assertTold();
        assertEquals(0, told.availablePermits(), "one change is told of once");
    }

    @Test
    void tellsOfWhatChangedBetweenReadingAndWatching() throws Exception {
        Path file = Files.writeString(folder.resolve("homing.yaml"), "a");
        List<FileRead> asRead = read(file);
        Files.writeString(file, "b");

        watch.close();
        watch = new FileWatch(told::release, QUIET, Duration.ofMillis(20));
        watch.watch(asRead);

        assertTold();
    }

    @Test
    void saysNothingOfFilesThatAreNotWatchedAnyMore() throws Exception {
        Path old = Files.writeString(folder.resolve("old.yaml"), "a");
        Path file = Files.writeString(folder.resolve("homing.yaml"), "a");
        watch.watch(read(old));
        watch.watch(read(file));

        Files.writeString(old, "b");
        Files.writeString(file, "b");

        assertTold();
        assertEquals(0, told.availablePermits());
        watch.watch(List.of());
        Files.writeString(file, "c");
        assertFalse(told.tryAcquire(5 * QUIET.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Test
    void watchesEachFolderInWhichALinkDecides() throws IOException {
        Path real = Files.createDirectories(folder.resolve("real/deep"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Path file = Files.createSymbolicLink(etc.resolve("a"), Path.of("../link/deep/b"));

        Set<Path> folders = Links.folders(file);

        assertEquals(Set.of(etc, folder, real), keepOnly(folders, folder));
    }

    @Test
    void givesUpOnLinksThatLeadInARing() throws IOException {
        Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

        assertEquals(Set.of(folder), keepOnly(Links.folders(a), folder));
    }

    /// The folder of all tests may itself lie behind links.
    private static Set<Path> keepOnly(Set<Path> folders, Path below) {
        return folders.stream()
                .filter(one -> one.startsWith(below))
                .collect(java.util.stream.Collectors.toSet());
    }
}
