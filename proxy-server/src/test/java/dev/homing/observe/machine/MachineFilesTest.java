package dev.homing.observe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFilesTest {

    @TempDir private Path root;

    @Test
    void readsAllOfAFileThatAnswersTheFirstReadOnly() {
        String pids = new MachineFiles(Path.of("/")).text("proc/sys/kernel/pid_max").orElseThrow();
        // RESERVED_PIDS in kernel/pid.c: there are never fewer than 301.
        assertTrue(pids.matches("[0-9]{3,}\n"), pids);
    }

    @Test
    void readsAFileThatTakesManyReads() throws IOException {
        String text = "0123456789abcdef".repeat(20_000);
        Files.writeString(root.resolve("stat"), text);
        MachineFiles files = new MachineFiles(root);
        assertEquals(Optional.of(text), files.text("stat"));
        assertEquals(Optional.of(text), files.text("stat"));
    }

    @Test
    void tellsAnEmptyFileFromNone() throws IOException {
        Files.writeString(root.resolve("empty"), "");
        MachineFiles files = new MachineFiles(root);
        assertEquals(Optional.of(""), files.text("empty"));
        assertEquals(Optional.empty(), files.text("none"));
        assertEquals(Optional.empty(), files.text("."), "a folder");
    }

    @Test
    void namesWhatIsInAFolder() throws IOException {
        Files.createDirectories(root.resolve("net/lo"));
        Files.createDirectories(root.resolve("net/eth0"));
        MachineFiles files = new MachineFiles(root);
        assertEquals(List.of("eth0", "lo"), files.names("net"));
        assertEquals(List.of(), files.names("none"));
    }
}
