package dev.homing.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the kernel writes, and what is made of it.
final class ProcFilesTest {

    private static final String UDP_TITLE =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops";

    private static String socket(String inode, int drops) {
        return "  512: 0100007F:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 "
                + inode
                + " 2 0000000000000000 "
                + drops;
    }

    @Test
    void dropsAreThoseOfTheOwnSocketsOnly() {
        List<String> table =
                List.of(UDP_TITLE, socket("1001", 5), socket("1002", 70), socket("1003", 900));

        assertEquals(905, SocketDrops.sum(table, Set.of("1001", "1003")));
    }

    @Test
    void whatOthersHadIsBusyTimeLessTheOwn() {
        MachineLoad before = MachineLoad.parse("cpu  100 0 100 1000 0 0 0 0 0 0", 0);
        long second = 1_000_000_000;
        MachineLoad after = MachineLoad.parse("cpu  150 0 150 1100 0 0 0 20 0 0", second);
        double processors = Runtime.getRuntime().availableProcessors();

        assertEquals(
                (1e9 - 0.6e9) / 1e9 / processors, after.othersSince(before, 600_000_000), 1e-9);
        assertEquals(0, after.othersSince(before, 2 * second), "never less than nothing");
        assertEquals(0.2 / processors, after.stolenSince(before), 1e-9);
    }

    @Test
    void memoryBelowTheEndOfCompressedReferencesIsHeap() {
        List<String> smaps =
                List.of(
                        "6a0000000-7ff000000 rw-p 00000000 00:00 0 ",
                        "Rss:             1000000 kB",
                        "7f2c40000000-7f2c40021000 rw-p 00000000 00:00 0 ",
                        "Size:                132 kB",
                        "Rss:                 100 kB",
                        "VmFlags: rd wr mr mw me nr sd ",
                        "7f2c50000000-7f2c50021000 rw-p 00000000 00:00 0 ",
                        "Rss:                  28 kB");

        assertEquals(128 * 1024, ResidentMemory.outsideHeapBytes(smaps));
    }

    private static ProcessTime.ThreadTime thread(String name, long nanos) {
        return new ProcessTime.ThreadTime(name, nanos);
    }

    @Test
    void timeOfAThreadThatBeganInBetweenCounts() {
        ProcessTime before = new ProcessTime(Map.of("1", thread("a", 100), "2", thread("b", 50)));
        ProcessTime after = new ProcessTime(Map.of("1", thread("a", 130), "3", thread("c", 7)));

        assertEquals(37, after.since(before));
    }

    @Test
    void timeIsTakenTogetherByKindOfThread() {
        ProcessTime before = new ProcessTime(Map.of("1", thread("shard-0", 100)));
        ProcessTime after =
                new ProcessTime(
                        Map.of(
                                "1", thread("shard-0", 130),
                                "2", thread("shard-1", 7),
                                "3", thread("GC Thread#0", 2),
                                "4", thread("C2 CompilerThre", 1)));

        assertEquals(
                Map.of("shard", 37L, "GC Thread", 2L, "C2 CompilerThre", 1L),
                after.sinceByKind(before));
    }

    @Test
    void thisProcessHasUsedTimeAndMemory() throws IOException {
        assertTrue(ProcessTime.of(ProcessHandle.current().pid()).threads().size() > 1);
        assertTrue(ResidentMemory.outsideHeapBytes() > 1 << 20);
        assertTrue(MachineLoad.now().busyNanos() > 0);
        assertTrue(SocketDrops.of(ProcessHandle.current().pid()) >= 0);
    }
}
