package dev.homing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.ledger.Ledger;
import dev.homing.ledger.SessionState;
import dev.homing.linux.TableMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablePagesTest {

    @Test
    void mayBeJoinedOnlyOnceThereAreManySessions() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage")),
                "this kernel has no huge pages");
        Ledger ledger = new Ledger(1);
        TableMemory memory = new TableMemory();
        MemorySegment table = memory.allocate(64L << 20, 64);
        TablePages pages = new TablePages(memory, List.of(ledger));

        ledger.sessions(SessionState.HALF_OPEN, TablePages.SESSIONS - 1);
        pages.run();
        assertFalse(mayBeHuge(table));

        ledger.sessions(SessionState.ESTABLISHED, 1);
        pages.run();
        assertTrue(mayBeHuge(table));
    }

    /// proc_pid_smaps(5): `hg` stands for MADV_HUGEPAGE, `nh` for MADV_NOHUGEPAGE.
    private static boolean mayBeHuge(MemorySegment table) throws IOException {
        boolean isThis = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                String[] range = line.substring(0, line.indexOf(' ')).split("-", -1);
                isThis =
                        Long.parseUnsignedLong(range[0], 16) <= table.address()
                                && table.address() < Long.parseUnsignedLong(range[1], 16);
            } else if (isThis && line.startsWith("VmFlags:")) {
                return List.of(line.split(" ", -1)).contains("hg");
            }
        }
        throw new AssertionError("the table is not mapped");
    }
}
