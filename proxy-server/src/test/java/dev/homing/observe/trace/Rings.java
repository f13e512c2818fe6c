package dev.homing.observe.trace;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.RouteMethod;
import dev.homing.ledger.Side;
import dev.homing.trace.TraceFeed;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two threads' tracers, driven by hand.
final class Rings {

    private static final long TOOK_NS = 85_321;

    static final Names NAMES =
            new Names(
                    List.of(
                            new InetSocketAddress("127.0.0.1", 4433),
                            new InetSocketAddress("::1", 4434)),
                    id -> id == 0 ? "a" : null);

    final TraceFeed feed = new TraceFeed();
    final TraceRing first = new TraceRing(Arena.ofAuto());
    final TraceRing second = new TraceRing(Arena.ofAuto());
    final Tracer recv = new Tracer(feed, first);
    final Tracer shard = new Tracer(feed, second);
    final List<TracedThread> threads =
            List.of(
                    new TracedThread("recv-0", first, recv::followed),
                    new TracedThread("shard-0", second, shard::followed));

    private final DatagramPool slots = new DatagramPool(Arena.ofAuto(), 1);

    void follow() {
        recv.follow();
        shard.follow();
    }

    /// @param segment 0 for a single datagram
    private Datagram datagram(byte[] payload, int segment, int ecn) {
        Datagram datagram = slots.take();
        MemorySegment.copy(payload, 0, datagram.bytes(), ValueLayout.JAVA_BYTE, 0, payload.length);
        datagram.setPayload(payload.length, segment, ecn);
        datagram.setListener(0);
        datagram.setReceivedNs(System.nanoTime());
        datagram.peer().setIpv4(0xc0000207, 51_000);
        datagram.local().setIpv4(0x7f000001, 0);
        return datagram;
    }

    /// A client's datagram that goes to backend 0, or one to the client from there.
    void sent(Side side, byte[] payload, int segment, int ecn, @Nullable RouteMethod method) {
        Datagram datagram = datagram(payload, segment, ecn);
        datagram.trail().set(datagram.peer(), datagram.local(), true, 0);
        datagram.trail().setRouted(method, 8);
        datagram.setTraced(true);
        shard.sent(side, datagram, 0, payload.length, segment, datagram.receivedNs() + TOOK_NS);
        datagram.release();
    }

    void dropped(Tracer tracer, Side side, byte[] payload, int backend, DropReason reason) {
        Datagram datagram = datagram(payload, 0, 0);
        tracer.dropped(side, datagram, backend, 0, reason);
        datagram.release();
    }
}
