package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryAndLimitsTest {

    /// All offsets of this room are counted on these.
    @Test
    void machineHasTheTypesThatTheStructsAreDrawnWith() {
        var types = Linker.nativeLinker().canonicalLayouts();
        assertEquals(2, types.get("short").byteSize());
        assertEquals(4, types.get("int").byteSize());
        assertEquals(8, types.get("long").byteSize());
        assertEquals(8, types.get("size_t").byteSize());
        assertEquals(8, types.get("void*").byteSize());
        assertEquals(ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder());
    }

    @Test
    void pagesAreZeroAndCostNothingUntilTouched() throws Exception {
        long size = 1L << 34;
        long before = residentPages();

        MemorySegment memory = new PageMemory().allocate(size, 64);

        assertEquals(size, memory.byteSize());
        assertEquals(0, memory.address() % 4096);
        assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, size - 1));
        memory.set(ValueLayout.JAVA_BYTE, size / 2, (byte) 1);
        assertTrue(residentPages() - before < size / 4096 / 16);
    }

    private static long residentPages() throws Exception {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1]);
    }

    @Test
    void refusesAlignmentBeyondAPage() {
        PageMemory memory = new PageMemory();
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(1, 8192));
    }

    @Test
    void saysWhatToDoWhenThereIsNoMemory() {
        PageMemory memory = new PageMemory();
        BrokenMachine thrown =
                assertThrows(BrokenMachine.class, () -> memory.allocate(1L << 60, 64));
        assertEquals(Errno.ENOMEM, thrown.errno());
        assertTrue(thrown.getMessage().contains("ENOMEM"), thrown::getMessage);
    }

    @Test
    void raisesTheLimitOfOpenFilesToTheHardOne() throws Exception {
        OpenFiles raised = OpenFiles.raise();

        assertEquals(raised.hard(), raised.soft());
        assertEquals(raised, OpenFiles.limit());
        String line =
                Files.readAllLines(Path.of("/proc/self/limits")).stream()
                        .filter(l -> l.startsWith("Max open files"))
                        .findFirst()
                        .orElseThrow();
        String soft = line.split(" +", -1)[3];
        assertEquals(
                soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft), raised.soft());
    }

    @Test
    void returnsTheNegatedErrno() {
        Syscalls syscalls = new Syscalls();
        assertEquals(-Errno.EBADF, syscalls.close(-1));
        assertEquals(-Errno.EBADF, syscalls.recvmmsg(-1, 0, 1, 0));
        assertEquals(-Errno.EBADF, syscalls.recvmsg(-1, 0, 0));
    }
}
