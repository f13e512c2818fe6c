package dev.homing.bench.subject;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Pattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The forwarder in C that routes nothing, `proxy-bench/floor/udpforward`: it receives at one port
/// and sends all to another. Datagrams go one way only; for the way back its two ends change
/// places.
///
/// @param way `single`, `batch` or `train`
public record Floor(String name, String way, FloorBuild build) implements Subject {

    /// It ends by itself after that, whatever becomes of this process.
    private static final String LIFETIME_SECONDS = "3600";

    @Override
    public String description() {
        return switch (way) {
            case "single" -> "C floor: recvfrom, send";
            case "batch" -> "C floor: recvmmsg, sendmmsg";
            default -> "C floor: recvmmsg, sendmmsg, UDP_GRO, UDP_SEGMENT";
        };
    }

    @Override
    public Optional<String> whyNot(Setting setting) {
        if (setting.traffic().pattern() == Pattern.MIGRATING) {
            return Optional.of("it knows one backend only");
        }
        if (setting.isEcho()) {
            return Optional.of("it forwards one way only");
        }
        return build.whyNot();
    }

    @Override
    public Running start(Setting setting) throws IOException {
        int in = Tools.freePort();
        int out = setting.isReturn() ? setting.clientPort() : setting.backendPorts().getFirst();
        List<String> command = new ArrayList<>(setting.prefix());
        command.add(build.program("udpforward").toString());
        command.addAll(List.of(way, Integer.toString(in), Integer.toString(out), LIFETIME_SECONDS));
        ChildProcess child = ChildProcess.start(name, command);
        return new Alternative.Child(child, in, setting.isReturn() ? in : 0);
    }
}
