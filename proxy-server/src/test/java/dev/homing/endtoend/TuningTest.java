package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.linux.BrokenMachine;
import dev.homing.linux.CpuAffinity;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an operator may turn for speed, as the kernel sees it.
class TuningTest {

    private Echo backend;

    @BeforeEach
    void openBackend() throws IOException {
        backend = new Echo("127.0.0.1");
    }

    @AfterEach
    void closeBackend() throws IOException {
        backend.close();
    }

    private Homing.Setup setup() {
        return Homing.with().backend("a", backend.address());
    }

    private void assertForwards(Homing homing) throws IOException {
        try (Client client = new Client("127.0.0.1")) {
            assertTrue(client.isEchoed(Client.initial(1, 2, 1200), homing.address()));
        }
        homing.assertBooksBalance();
    }

    @Test
    void eachThreadRunsOnTheCpuThatIsNamedForIt() throws Exception {
        BitSet allowed = CpuAffinity.allowed();
        assumeTrue(allowed.cardinality() >= 2, "this process may use one CPU only");
        int receiver = allowed.length() - 1;
        int shard = allowed.nextSetBit(0);
        try (Homing homing =
                setup().set("threads.receivers", 1)
                        .set("threads.shards", 1)
                        .set("threads.cpus", receiver + "," + shard)
                        .start()) {
            assertForwards(homing);
            assertEquals(List.of(Integer.toString(receiver)), cpusOf("recv-0"));
            assertEquals(List.of(Integer.toString(shard)), cpusOf("shard-0"));
        }
    }

    /// Cpus_allowed_list (proc_pid_status(5)) of this process's threads of a name.
    private static List<String> cpusOf(String name) throws IOException {
        List<String> lists = new ArrayList<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                if (Files.readString(task.resolve("comm")).strip().equals(name)) {
                    for (String line : Files.readAllLines(task.resolve("status"))) {
                        if (line.startsWith("Cpus_allowed_list:")) {
                            lists.add(line.substring(line.indexOf(':') + 1).strip());
                        }
                    }
                }
            }
        }
        return lists;
    }

    @Test
    void refusesToStartWithCpusThatTheProcessMayNotUse() {
        int missing = CpuAffinity.allowed().length() + 1;

        BrokenMachine thrown =
                assertThrows(
                        BrokenMachine.class,
                        () -> setup().set("threads.cpus", missing).start().close());

        assertTrue(
                thrown.getMessage()
                        .startsWith(
                                "threads.cpus: this process may not use CPU "
                                        + missing
                                        + ", only "),
                thrown::getMessage);
    }

    /// Whether the kernel agrees depends on what this process may do; one way or the other,
    /// datagrams go through.
    @Test
    void pollsBusilyOrSaysWhyNot() throws Exception {
        try (Homing homing = setup().set("sockets.busy-poll", "50us").start()) {
            assertForwards(homing);
            List<String> remarks =
                    homing.server().remarks().stream()
                            .filter(remark -> remark.contains("sockets.busy-poll"))
                            .toList();
            if (mayAdministrateTheNetwork()) {
                assertEquals(List.of(), remarks);
            } else {
                assertEquals(1, remarks.size());
                assertTrue(remarks.getFirst().contains("CAP_NET_ADMIN"), remarks::toString);
            }
        }
    }

    /// capabilities(7): CAP_NET_ADMIN is bit 12.
    private static boolean mayAdministrateTheNetwork() throws IOException {
        String line =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(l -> l.startsWith("CapEff:"))
                        .findFirst()
                        .orElseThrow();
        return (Long.parseUnsignedLong(line.split("\\s+", -1)[1], 16) & 1 << 12) != 0;
    }

    @Test
    void saysWithWhichCommandTheKernelGrantsTheBuffersThatAreConfigured() throws Exception {
        try (Homing homing =
                setup().set("sockets.receive-buffer", "512MiB")
                        .set("sockets.send-buffer", "512MiB")
                        .start()) {
            for (String sysctl : List.of("rmem_max", "wmem_max")) {
                Path limit = Path.of("/proc/sys/net/core", sysctl);
                assumeTrue(
                        Files.isReadable(limit)
                                && Long.parseLong(Files.readString(limit).strip()) < 512 << 20,
                        "this kernel grants 512 MiB, or does not say what it grants");
                assertTrue(
                        homing.server().remarks().stream()
                                .anyMatch(remark ->
                                        remark.contains(
                                                "sysctl -w net.core." + sysctl + "=536870912")),
                        () -> homing.server().remarks().toString());
            }
        }
    }
}
