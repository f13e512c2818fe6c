package dev.homing.bench.subject;

import dev.homing.bench.load.ChildProcess;
import dev.homing.bench.load.Values;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A [HomingChild] that runs.
///
/// @param port where it listens, on the loopback address
/// @param adminPort of its admin address, the same
record HomingProcess(ChildProcess child, int port, int adminPort) implements Running {

    /// Waits until it forwards.
    static HomingProcess of(ChildProcess child) throws IOException {
        Map<String, Object> ports = child.answer();
        return new HomingProcess(
                child, Values.integer(ports, "port"), Values.integer(ports, "admin"));
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(child.pid());
    }

    @Override
    public Account account() throws IOException {
        Map<String, Object> answer = child.ask(Map.of("do", "account"));
        Map<String, Long> drops = new TreeMap<>();
        if (answer.get("drops") instanceof Map<?, ?> byReason) {
            byReason.forEach(
                    (reason, count) -> drops.put(reason.toString(), ((Number) count).longValue()));
        }
        return new Account(
                true, drops, Values.whole(answer, "allocated"), Values.whole(answer, "sessions"));
    }

    @Override
    public OptionalLong memoryBytes() throws IOException {
        Map<String, Object> answer = child.ask(Map.of("do", "memory"));
        return OptionalLong.of(Values.whole(answer, "heap") + Values.whole(answer, "outsideHeap"));
    }

    @Override
    public void close() {
        child.close();
    }
}
