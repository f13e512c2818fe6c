package dev.homing.bench.subject;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Pattern;
import dev.homing.bench.load.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A proxy of the room `alternatives`. Its main class takes the backends' ports, and says its own
/// in a line of JSON.
public record Alternative(String name, String description, Class<?> main) implements Subject {

    /// Each client costs them a socket.
    private static final int FLOWS_MAX = 15_000;

    @Override
    public Optional<String> whyNot(Setting setting) {
        if (setting.traffic().flows() > FLOWS_MAX) {
            return Optional.of("it has a socket for each client, and files run out");
        }
        return setting.traffic().pattern() == Pattern.MIGRATING
                ? Optional.of("it has a socket for each address of a client, and files run out")
                : Optional.empty();
    }

    @Override
    public boolean isWarmedUp() {
        return true;
    }

    @Override
    public Running start(Setting setting) throws IOException {
        List<String> ports = new ArrayList<>();
        setting.backendPorts().forEach(port -> ports.add(port.toString()));
        ChildProcess child =
                ChildProcess.java(name, setting.prefix(), main, ports.toArray(new String[0]));
        try {
            return new Child(child, Values.integer(child.answer(), "port"), 0);
        } catch (IOException e) {
            child.close();
            throw e;
        }
    }

    /// A process that says nothing of itself.
    record Child(ChildProcess child, int port, int returnPort) implements Running {

        @Override
        public OptionalLong pid() {
            return OptionalLong.of(child.pid());
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
