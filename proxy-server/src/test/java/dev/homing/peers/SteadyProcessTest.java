package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Datagram;
import dev.homing.linux.Loopback;
import dev.homing.linux.UdpSocket;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Homing as it is shipped, with its own options of the JVM and nothing else in the process.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SteadyProcessTest {

    private static final int ROUNDS = 40;
    private static final int BURSTS = 2_000;
    private static final int BURST = 10;
    private static final int DATAGRAM_BYTES = 200;

    /// A tenth of an octet for each datagram: the ticks of the loops allocate a little now and
    /// then.
    private static final double BOUND_KIB = 2.0 * BURSTS * BURST / 10 / 1024;

    private static final Pattern THREAD = Pattern.compile("\"(?:recv|shard)-\\d+\".*");
    private static final Pattern ALLOCATED = Pattern.compile("allocated=([0-9.]+)([BKMG])");

    @TempDir Path folder;

    private final Loopback loopback = new Loopback();

    /// Until a round is without any: what is not compiled yet allocates.
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void forwardsWithoutAllocatingForADatagram(int receivers) throws Exception {
        try (UdpSocket client = Loopback.open("127.0.0.1");
                UdpSocket backend = Loopback.open("127.0.0.1");
                HomingProcess homing =
                        HomingProcess.start(
                                folder, "homing", configuration(receivers, backend.port()))) {
            double least = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS && least > BOUND_KIB; round++) {
                double before = allocatedKib(homing.pid());
                exchange(client, backend, homing.address().getPort());
                least = Math.min(least, allocatedKib(homing.pid()) - before);
            }
            assertTrue(
                    least <= BOUND_KIB,
                    least + " KiB for " + 2 * BURSTS * BURST + " datagrams, in the best round");
        }
    }

    /// Without probes: the backend answers whatever comes, and counts.
    private static String configuration(int receivers, int backend) {
        return """
        listeners:
          - address: 127.0.0.1:0
        pools:
          web:
            health:
              probe: always-up
            backends:
              - address: 127.0.0.1:%d
        threads:
          receivers: %d
          shards: 1
        admin:
          address: off
        log:
          format: json
        """
                .formatted(backend, receivers);
    }

    private void exchange(UdpSocket client, UdpSocket backend, int port) {
        for (int i = 0; i < BURSTS; i++) {
            for (int j = 0; j < BURST; j++) {
                Datagram request = loopback.datagram("127.0.0.1", port, DATAGRAM_BYTES, 1);
                request.bytes().set(ValueLayout.JAVA_BYTE, 0, (byte) 0x40);
                loopback.send(client, request);
            }
            for (Datagram request : loopback.receive(backend, BURST)) {
                request.local().clear();
                loopback.send(backend, request);
            }
            loopback.receive(client, BURST).forEach(Datagram::release);
        }
    }

    /// Of the receivers' and shards' threads, as `jcmd Thread.print -e` tells.
    private static double allocatedKib(long pid) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "Thread.print",
                                "-e")
                        .redirectErrorStream(true)
                        .start();
        String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        double sum = 0;
        int threads = 0;
        Matcher thread = THREAD.matcher(told);
        while (thread.find()) {
            Matcher allocated = ALLOCATED.matcher(thread.group());
            assertTrue(allocated.find(), thread.group());
            sum +=
                    Double.parseDouble(allocated.group(1))
                            * switch (allocated.group(2)) {
                                case "B" -> 1.0 / 1024;
                                case "K" -> 1;
                                case "M" -> 1024;
                                default -> 1024 * 1024;
                            };
            threads++;
        }
        assertTrue(threads > 0, told);
        return sum;
    }
}
