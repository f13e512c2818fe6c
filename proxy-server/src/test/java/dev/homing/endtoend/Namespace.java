package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.peers.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A network namespace of a test's own, with a cable to this one, in which rules of a firewall
/// concern nobody else. What counts packets counts only its own there, but for softirq.
///
/// ```
/// this namespace  198.18.N.1 ──── veth ──── 198.18.N.2  the new one
/// ```
final class Namespace implements AutoCloseable {

    private static final String TABLE =
            "table inet fault { chain fault { type filter hook %s priority 0; %s; }; }";

    private final String ip = Program.find("ip", "iproute2");
    private final String nft = Program.find("nft", "nftables");
    private final String name;
    private final String subnet;

    /// Needs root; without it, or where namespaces are forbidden, the test that asks is skipped.
    Namespace() throws IOException, InterruptedException {
        long number = ProcessHandle.current().pid();
        name = "homing-" + number;
        // RFC 2544 appendix C.2.2: for tests, and routed nowhere.
        subnet = "198.18." + number % 256 + ".";
        Ran made = run(List.of(ip, "netns", "add", name), "");
        assumeTrue(
                made.exitCode == 0,
                "no network namespace can be made here (needs root): " + made.output);
        try {
            String here = "hm" + number + "a";
            String there = "hm" + number + "b";
            make(ip, "link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
            make(ip, "address", "add", here(), "peer", there(), "dev", here);
            make(ip, "link", "set", here, "up");
            make(ip, "-n", name, "address", "add", there(), "peer", here(), "dev", there);
            make(ip, "-n", name, "link", "set", there, "up");
            make(ip, "-n", name, "link", "set", "lo", "up");
        } catch (IOException | InterruptedException | AssertionError e) {
            close();
            throw e;
        }
    }

    String here() {
        return subnet + 1;
    }

    String there() {
        return subnet + 2;
    }

    /// What to put before a command for it to run there.
    List<String> starter() {
        return List.of(ip, "netns", "exec", name);
    }

    /// From now on there is this one rule.
    ///
    /// @param hook such as `input`
    void rule(String hook, String rule) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(starter());
        command.addAll(List.of(nft, "-f", "-"));
        Ran ran = run(command, "flush ruleset\n" + TABLE.formatted(hook, rule));
        assertEquals(0, ran.exitCode, ran.output);
    }

    private record Ran(int exitCode, String output) {}

    private static void make(String... command) throws IOException, InterruptedException {
        Ran ran = run(List.of(command), "");
        assertEquals(0, ran.exitCode, () -> List.of(command) + ": " + ran.output);
    }

    private static Ran run(List<String> command, String input)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), output);
    }

    /// The cable ends with it.
    @Override
    public void close() throws IOException {
        try {
            run(List.of(ip, "netns", "delete", name), "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
