package dev.homing.peers;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Homing says of a privilege that it lacks, and that it goes on.
class PrivilegeTest {

    /// capabilities(7)
    private static final int CAP_SETPCAP = 8;

    @TempDir Path folder;

    @Test
    void startsWithoutTheRightToPollBusilyAndSaysHowToGetIt() throws Exception {
        assumeTrue(has(CAP_SETPCAP), "taking a privilege away takes CAP_SETPCAP, as root has it");
        try (HomingProcess homing =
                HomingProcess.start(
                        folder,
                        "homing",
                        """
                        listeners:
                          - address: 127.0.0.1:0
                        pools:
                          default:
                            backends:
                              - address: 127.0.0.1:4433
                        sockets:
                          busy-poll: 50us
                        admin:
                          address: off
                        log:
                          format: json
                        """,
                        Map.of(),
                        List.of(
                                Program.find("setpriv", "util-linux"),
                                "--bounding-set=-net_admin",
                                "--inh-caps=-net_admin"))) {
            homing.awaitLog(
                    "the kernel refused sockets.busy-poll with EPERM (operation not permitted):"
                            + " give the process CAP_NET_ADMIN");
            assertTrue(homing.log().contains("\"started\""), homing.log());
        }
    }

    private static boolean has(int capability) throws IOException {
        String line =
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(l -> l.startsWith("CapEff:"))
                        .findFirst()
                        .orElseThrow();
        return (Long.parseUnsignedLong(line.split("\\s+", -1)[1], 16) >>> capability & 1) != 0;
    }
}
