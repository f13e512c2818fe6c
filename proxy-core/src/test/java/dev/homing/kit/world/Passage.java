package dev.homing.kit.world;

import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// One way through Homing. What comes out has gone in, the same octets with the same ECN mark, no
/// more often, and in the same order within a connection and client address; some of it may be
/// dropped.
final class Passage {

    private record Stream(int connection, Place client) {}

    private final Map<Stream, Queue<Flight>> inside = new HashMap<>();
    private final boolean keepsOrder;
    private long entered;
    private long left;

    Passage(boolean keepsOrder) {
        this.keepsOrder = keepsOrder;
    }

    void enter(Flight flight) {
        entered++;
        Stream stream = stream(flight.payload());
        if (stream != null) {
            inside.computeIfAbsent(stream, unseen -> new ArrayDeque<>()).add(flight);
        }
    }

    void leave(Flight flight) {
        left++;
        Stream stream = stream(flight.payload());
        if (stream == null) {
            return;
        }
        Iterator<Flight> earlier = inside.getOrDefault(stream, new ArrayDeque<>()).iterator();
        while (earlier.hasNext()) {
            Flight next = earlier.next();
            boolean isIt =
                    Arrays.equals(next.payload(), flight.payload()) && next.ecn() == flight.ecn();
            if (isIt || keepsOrder) {
                earlier.remove(); // what is before it has been dropped
            }
            if (isIt) {
                return;
            }
        }
        Assertions.fail(stream + ": a datagram was changed, repeated or overtaken: " + flight);
    }

    /// Null of what has no order to keep: strangers' datagrams, and those of a version that may go
    /// to another server than the connection's.
    private static @Nullable Stream stream(byte[] payload) {
        Secret secret = Secret.open(payload);
        return secret == null || Seen.version(payload) == Packets.GREASED_VERSION
                ? null
                : new Stream(secret.connection(), secret.client());
    }

    long entered() {
        return entered;
    }

    long left() {
        return left;
    }
}
