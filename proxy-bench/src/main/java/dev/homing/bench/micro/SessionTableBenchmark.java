package dev.homing.bench.micro;

import dev.homing.bench.micro.kit.Fleet;
import dev.homing.bench.micro.kit.FullTables;
import dev.homing.bench.micro.kit.MemoryPorts;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.FlowHash;
import dev.homing.hash.SipHash;
import dev.homing.ledger.Ledger;
import dev.homing.linux.PageMemory;
import dev.homing.route.Backend;
import dev.homing.session.SessionLimits;
import dev.homing.session.SessionTable;
import dev.homing.session.SourceAddresses;
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

/// The sessions of one shard, in nanoseconds a session. Flows and source tuples are asked for in
/// random order; the hash of a flow is made beforehand, as a receiver does, that of a source tuple
/// is part of it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionTableBenchmark {

    private static final Backend BACKEND = Fleet.backend(0);
    private static final int HALF_OPEN_SECONDS = 10;
    private static final int CLIENT_PORT = 5000;
    private static final int FIRST_CLIENT = 0x0b000000;
    private static final int FIRST_SOURCE = 0x0a000000;

    /// Source tuples rest for thirty seconds after a session's ten, so four times as many are
    /// needed as sessions, and some to spare.
    private static final int SOURCES_A_SESSION = 6;

    /// So many sessions come between two turns, which look at twice as many that may be due.
    private static final int TURN = 32;

    @Param({"1000", "100000", "1000000"})
    private int sessions;

    private final FlowHash flowHash = new FlowHash(new SipHash(1, 2));
    private final Datagram datagram = new DatagramPool(new PageMemory(), 1).take();
    private final Address source = new Address();
    private SessionTable table = table(1);
    private int[] clients = new int[0];
    private long[] hashes = new long[0];
    private int next;
    private long opened;

    private static SessionTable table(int sessions) {
        return FullTables.make(
                sessions,
                tables ->
                        new SessionTable(
                                tables,
                                // Room for those that are due and not yet expired.
                                new SessionLimits(
                                        2 * sessions, 2 * sessions, 120, HALF_OPEN_SECONDS, 8),
                                new MemoryPorts(1),
                                SourceAddresses.of(
                                        new SourceAddresses.Block(
                                                0,
                                                Address.mapped(FIRST_SOURCE),
                                                SOURCES_A_SESSION * sessions)),
                                SourceAddresses.ANY,
                                new SipHash(3, 4),
                                new Ledger(1)));
    }

    @Setup
    public void setUp() {
        table = table(sessions);
        clients = new int[sessions];
        hashes = new long[sessions];
        for (int i = 0; i < sessions; i++) {
            clients[i] = i;
        }
        SplittableRandom random = new SplittableRandom(42);
        for (int i = sessions - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int client = clients[i];
            clients[i] = clients[other];
            clients[other] = client;
        }
        datagram.local().setIpv4(FIRST_SOURCE, 443);
        for (int i = 0; i < sessions; i++) {
            from(FIRST_CLIENT + i);
            table.open(datagram, BACKEND, 0);
        }
        for (int i = 0; i < sessions; i++) {
            from(FIRST_CLIENT + clients[i]);
            hashes[i] = datagram.flowHash();
        }
    }

    private void from(int client) {
        datagram.peer().setIpv4(client, CLIENT_PORT);
        datagram.setRoute(flowHash.of(datagram), 0);
    }

    private int nextIndex() {
        next = next + 1 == sessions ? 0 : next + 1;
        return next;
    }

    @Benchmark
    public int findsASessionByFlow() {
        int index = nextIndex();
        datagram.peer().setIpv4(FIRST_CLIENT + clients[index], CLIENT_PORT);
        datagram.setRoute(hashes[index], 0);
        return table.find(datagram, 0);
    }

    @Benchmark
    public int findsNoneForANewFlow() {
        int index = nextIndex();
        datagram.peer().setIpv4(FIRST_CLIENT + clients[index], CLIENT_PORT + 1);
        datagram.setRoute(~hashes[index], 0);
        return table.latest(datagram);
    }

    /// As for what a backend sends.
    @Benchmark
    public int findsASessionBySourceTuple() {
        source.setIpv4(FIRST_SOURCE + clients[nextIndex()], 0);
        return table.findBySource(0, source, BACKEND);
    }

    /// Time passes so fast that as many sessions are open as at the start. Hashing the new flow is
    /// part of it.
    @Benchmark
    public int opensASessionAndExpiresAnother() {
        int nowSeconds = (int) (++opened * HALF_OPEN_SECONDS / sessions);
        if (opened % TURN == 0) {
            table.expire(nowSeconds, 2 * TURN);
        }
        from(FIRST_CLIENT + sessions + (int) opened);
        return table.open(datagram, BACKEND, nowSeconds);
    }
}
