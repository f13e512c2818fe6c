package dev.homing.bench.subject;

import java.util.Optional;
import java.util.OptionalLong;

/// Nothing at all: clients send to the backend. What latency is added to, and what the stations
/// cost.
public record Direct() implements Subject {

    public static final String NAME = "direct";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "no proxy: clients send to the backend";
    }

    @Override
    public Optional<String> whyNot(Setting setting) {
        return setting.backendPorts().size() > 1
                ? Optional.of("it knows one backend only")
                : Optional.empty();
    }

    @Override
    public Running start(Setting setting) {
        int port = setting.backendPorts().getFirst();
        return new Running() {
            @Override
            public OptionalLong pid() {
                return OptionalLong.empty();
            }

            @Override
            public int port() {
                return port;
            }

            @Override
            public void close() {}
        };
    }
}
