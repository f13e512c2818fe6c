package dev.homing.bench.micro;

import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.FlowHash;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Ledger;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.Router;
import dev.homing.session.ConnectionTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a receiver does with a datagram, without the system calls: parse, hash the flow, route.
///
/// `./homing bench micro RoutingBenchmark`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoutingBenchmark {

    private static final int DATAGRAMS = 1 << 12;
    private static final int CONNECTION_ID_BYTES = 8;

    /// How many connection IDs are known: in the cache, and far beyond it.
    @Param({"1000", "1000000"})
    private int known;

    private final QuicHeader header = new QuicHeader();
    private final FlowHash flowHash = new FlowHash(new SipHash(1, 2));
    private final List<Datagram> learned = new ArrayList<>();
    private final List<Datagram> unknown = new ArrayList<>();
    private Router router = new Router((id, now) -> -1, new SipHash(3, 4), new UndecodedIds(1));
    private Pool pool =
            new Pool(
                    0,
                    "default",
                    Balance.CONNECTION_ID,
                    CONNECTION_ID_BYTES,
                    new ConnectionIdLengths(),
                    List.of());
    private int next;

    @Setup
    public void setUp() {
        List<PoolMember> members = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            members.add(new PoolMember(new Backend(i, "b" + i, 0, i, 443), 1, BackendState.ACTIVE));
        }
        pool =
                new Pool(
                        0,
                        "default",
                        Balance.CONNECTION_ID,
                        CONNECTION_ID_BYTES,
                        new ConnectionIdLengths(),
                        members);
        ConnectionTable table =
                new ConnectionTable(Arena.global(), 1 << 21, new SipHash(5, 6), 120, 10);
        router = new Router(table, new SipHash(3, 4), new UndecodedIds(1));
        DatagramPool slots = new DatagramPool(Arena.ofAuto(), 2 * DATAGRAMS);
        SplittableRandom random = new SplittableRandom(42);
        Ledger ledger = new Ledger(20);
        ConnectionIdWords words = new ConnectionIdWords();
        MemorySegment id = Arena.ofAuto().allocate(64);
        for (int i = 0; i < known; i++) {
            long value = random.nextLong();
            id.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
            words.read(id, 0, CONNECTION_ID_BYTES, 0);
            table.learn(words, i % 20, 0, ledger);
            if (learned.size() < DATAGRAMS && random.nextInt(Math.max(1, known / DATAGRAMS)) == 0) {
                learned.add(shortHeader(slots.take(), value, random));
            }
        }
        while (unknown.size() < DATAGRAMS) {
            unknown.add(shortHeader(slots.take(), random.nextLong(), random));
        }
    }

    private static Datagram shortHeader(
            Datagram datagram, long connectionId, SplittableRandom random) {
        datagram.bytes().set(ValueLayout.JAVA_BYTE, 0, (byte) 0x40);
        datagram.bytes().set(ValueLayout.JAVA_LONG_UNALIGNED, 1, connectionId);
        datagram.setPayload(1200, 0, 0);
        datagram.peer().setIpv4(random.nextInt(), 1024 + random.nextInt(60_000));
        return datagram;
    }

    @Benchmark
    public long learnedConnectionId() {
        return route(learned.get(next++ % learned.size()));
    }

    @Benchmark
    public long unknownConnectionId() {
        return route(unknown.get(next++ & DATAGRAMS - 1));
    }

    private long route(Datagram datagram) {
        header.read(datagram.bytes(), 0, datagram.lengthBytes());
        return flowHash.of(datagram) ^ router.route(datagram, header, pool, 1);
    }
}
