package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadCpuTest {

    @TempDir private Path proc;

    /// Against the JVM's own knowledge of the same thread (CLOCK_THREAD_CPUTIME_ID).
    @Test
    void tellsTheCpuTimeOfTheThreadThatAskedForIt() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/task")), "no /proc");
        ThreadMXBean jvm = ManagementFactory.getThreadMXBean();
        CountDownLatch isRead = new CountDownLatch(1);
        CountDownLatch hasWorked = new CountDownLatch(1);
        FutureTask<ThreadCpu> cpu = new FutureTask<>(ThreadCpu::ofCallingThread);
        Thread worker =
                Thread.ofPlatform()
                        .start(() -> {
                            cpu.run();
                            while (jvm.getCurrentThreadCpuTime() < 50_000_000) {
                                Thread.onSpinWait();
                            }
                            hasWorked.countDown();
                            await(isRead);
                        });
        hasWorked.await();
        Optional<ThreadCpu.Times> times = cpu.get().read();
        long known = jvm.getThreadCpuTime(worker.threadId());
        isRead.countDown();
        worker.join();
        assumeTrue(times.isPresent(), "this kernel does not count (CONFIG_SCHED_INFO)");
        assertTrue(times.get().runningNs() <= known, "read earlier");
        assertTrue(
                times.get().runningNs() >= 40_000_000,
                () -> "one tick behind at most: " + times.get());
        assertTrue(times.get().runnableNs() >= 0);
        // The kernel removes its files a moment after the JVM has let go of it.
        ThreadCpu ended = cpu.get();
        Eventually.holds("the thread has no files any more", () -> ended.read().isEmpty());
    }

    @Test
    void readsBothTimesAsTheKernelWritesThem() throws IOException {
        assertEquals(
                Optional.of(new ThreadCpu.Times(274563, 6062931)), written("274563 6062931 2\n"));
    }

    @Test
    void tellsNothingWhereTheKernelDoesNotCount() throws IOException {
        assertEquals(Optional.empty(), written("0 0 0\n"));
        assertEquals(Optional.empty(), written(""));
        assertEquals(Optional.empty(), written("a b c\n"));
        assertEquals(Optional.empty(), ThreadCpu.of(proc.resolve("none")).read());
    }

    private Optional<ThreadCpu.Times> written(String schedstat) throws IOException {
        Files.writeString(proc.resolve("schedstat"), schedstat);
        return ThreadCpu.of(proc).read();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
