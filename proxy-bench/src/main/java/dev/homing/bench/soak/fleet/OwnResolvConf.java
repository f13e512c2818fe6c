package dev.homing.bench.soak.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Gives a process an `/etc/resolv.conf` of its own, as containers have one: in a mount namespace
/// that begins and ends with it (mount_namespaces(7), unshare(1)). Needs to be root, or to be
/// allowed to make user namespaces (user_namespaces(7)).
final class OwnResolvConf {

    private static final String MOUNT = "mount --bind \"$0\" /etc/resolv.conf";
    private static final long PATIENCE_SECONDS = 10;

    /// Root is asked for less.
    private static final List<List<String>> WAYS =
            List.of(
                    List.of("unshare", "--mount"),
                    List.of("unshare", "--user", "--map-root-user", "--mount"));

    private OwnResolvConf() {}

    /// What stands before a command that is to see another resolv.conf; empty if this machine does
    /// not allow it. The process that is started is the command's.
    ///
    /// @param file written here
    /// @param port of a name server on loopback
    static Optional<List<String>> prefix(Path file, int port) throws IOException {
        // The port behind a dot is understood by Netty, as on BSD, and no other is asked.
        Files.writeString(file, "nameserver 127.0.0.1." + port + "\n");
        for (List<String> way : WAYS) {
            if (isAllowed(command(way, MOUNT, file))) {
                return Optional.of(command(way, MOUNT + " && exec \"$@\"", file));
            }
        }
        return Optional.empty();
    }

    private static List<String> command(List<String> way, String script, Path file) {
        List<String> command = new ArrayList<>(way);
        command.addAll(List.of("sh", "-c", script, file.toAbsolutePath().toString()));
        return command;
    }

    private static boolean isAllowed(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException noSuchTool) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
