package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuAffinityTest {

    @Test
    void pinsTheCallingThreadOnly() throws Exception {
        BitSet before = CpuAffinity.allowed();
        assertFalse(before.isEmpty());
        int cpu = before.length() - 1;
        List<BitSet> seen = new ArrayList<>();
        Thread pinned =
                new Thread(() -> {
                    CpuAffinity.pin(cpu);
                    seen.add(CpuAffinity.allowed());
                    seen.add(allowedByTheKernel());
                });
        pinned.start();
        pinned.join();

        BitSet one = new BitSet();
        one.set(cpu);
        assertEquals(List.of(one, one), seen);
        assertEquals(before, CpuAffinity.allowed());
    }

    /// proc_pid_status(5): Cpus_allowed_list of this thread.
    private static BitSet allowedByTheKernel() {
        try {
            String line =
                    Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                            .filter(l -> l.startsWith("Cpus_allowed_list:"))
                            .findFirst()
                            .orElseThrow();
            BitSet one = new BitSet();
            one.set(Integer.parseInt(line.split("\\s+", -1)[1]));
            return one;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysWhatToDoAboutACpuThatIsNotThere() {
        BrokenMachine thrown = assertThrows(BrokenMachine.class, () -> CpuAffinity.pin(8_191));

        assertEquals(Errno.EINVAL, thrown.errno());
        assertTrue(thrown.getMessage().contains("threads.cpus"), thrown::getMessage);
    }
}
