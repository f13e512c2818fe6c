package dev.homing.bench.subject;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's own address translation: an nftables rule that sends what goes to one port to a
/// backend instead. It has a network namespace for itself, with nothing but a loopback interface,
/// in which the stations run as well; the rule stands where local datagrams leave (hook `output`).
public record Nftables() implements Subject {

    private static final String RULES =
            "table ip homing { chain out { type nat hook output priority -100; "
                    + "udp dport %d dnat to 127.0.0.1:%d; }; }";

    @Override
    public String name() {
        return "nftables";
    }

    @Override
    public String description() {
        return "nftables: DNAT by the kernel";
    }

    @Override
    public Optional<String> whyNot(Setting setting) {
        if (!Tools.isRoot()) {
            return Optional.of("needs root, for a network namespace of its own");
        }
        for (String program : List.of("nft", "ip")) {
            if (Tools.find(program).isEmpty()) {
                return Optional.of(
                        "not installed: " + program + " (apt-get install nftables iproute2)");
            }
        }
        return setting.backendPorts().size() > 1
                ? Optional.of("it routes by address, so that whoever moves reaches any backend")
                : Optional.empty();
    }

    @Override
    public boolean isInKernel() {
        return true;
    }

    @Override
    public Optional<Place> openPlace() throws IOException {
        return Optional.of(Namespace.make("homing-bench-" + ProcessHandle.current().pid()));
    }

    @Override
    public Running start(Setting setting) throws IOException {
        int port = Tools.freePort();
        List<String> command = new java.util.ArrayList<>(setting.prefix());
        command.add(Tools.find("nft").orElseThrow().toString());
        command.add(RULES.formatted(port, setting.backendPorts().getFirst()));
        Tools.run(command);
        List<String> undo = new java.util.ArrayList<>(setting.prefix());
        undo.addAll(List.of(Tools.find("nft").orElseThrow().toString(), "delete table ip homing"));
        return new Rule(port, undo);
    }

    private record Rule(int port, List<String> undo) implements Running {

        @Override
        public OptionalLong pid() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            try {
                Tools.run(undo);
            } catch (IOException goesWithTheNamespace) {
                return;
            }
        }
    }

    /// A network namespace that goes with the run, also when that is interrupted.
    private record Namespace(String name, Thread remover) implements Place {

        static Namespace make(String name) throws IOException {
            Tools.run(List.of("ip", "netns", "add", name));
            Thread remover = new Thread(() -> remove(name));
            Runtime.getRuntime().addShutdownHook(remover);
            Namespace namespace = new Namespace(name, remover);
            try {
                Tools.run(List.of("ip", "-n", name, "link", "set", "lo", "up"));
                return namespace;
            } catch (IOException e) {
                namespace.close();
                throw e;
            }
        }

        private static void remove(String name) {
            try {
                Tools.run(List.of("ip", "netns", "delete", name));
            } catch (IOException alreadyGone) {
                return;
            }
        }

        @Override
        public List<String> prefix() {
            return List.of("ip", "netns", "exec", name);
        }

        @Override
        public void close() {
            remove(name);
            try {
                Runtime.getRuntime().removeShutdownHook(remover);
            } catch (IllegalStateException isShuttingDown) {
                return; // then it runs, and finds nothing
            }
        }
    }
}
