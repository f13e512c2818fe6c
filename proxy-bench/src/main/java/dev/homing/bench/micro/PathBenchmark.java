package dev.homing.bench.micro;

import dev.homing.admission.AdmissionRules;
import dev.homing.admission.Rate;
import dev.homing.bench.micro.kit.CoreOnMemory;
import dev.homing.bench.micro.kit.MemoryPorts;
import dev.homing.bench.micro.kit.SlotPackets;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// All that Homing does with a datagram between the system calls, in nanoseconds a datagram (of a
/// train: a segment): from slot to slot, with sinks that only release. Flows come in random order,
/// 64 datagrams in a batch. What is more in a loaded Homing is the kernel's.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PathBenchmark {

    private static final int BATCH = 64;
    private static final int SEGMENTS = 16;
    private static final int SEGMENT_BYTES = 1200;
    private static final long TURN_NS = 100_000;

    @Param({"64", "1000", "1000000"})
    private int flows;

    /// With a hand-off, both of its sides run on the benchmark's thread.
    @Param({"run-to-completion", "hand-off"})
    private String shape = "";

    /// Of so many connection IDs one is looked for by a trace; 0 for no trace. To be given with `-p
    /// tracesOneIn=0,1000`. What is found is not recorded.
    @Param("0")
    private int tracesOneIn;

    /// `all` checks first packets and versions, and counts new connections by address, network,
    /// backend and in all, with rates that refuse none. To be given with `-p limits=none,all`.
    @Param("none")
    private String limits = "";

    private final MemoryPorts ports = new MemoryPorts(1);
    private CoreOnMemory core = new CoreOnMemory(1, false, ports, () -> {});
    private DatagramPool pool = core.pool();

    // Of each flow, in the order in which they are asked for.
    private int[] clients = new int[0];
    private long[] serverIds = new long[0];
    private long[] sources = new long[0];
    private long[] backends = new long[0];
    private int[] backendPorts = new int[0];

    private int next;
    private int stranger;
    private long nowNs;

    @Setup
    public void setUp() {
        // As many again may be half-open, so that strangers evict each other and nobody else.
        core = new CoreOnMemory(2 * flows, shape.equals("hand-off"), admission(), ports, () -> {});
        pool = core.pool();
        clients = new int[flows];
        serverIds = new long[flows];
        sources = new long[flows];
        backends = new long[flows];
        backendPorts = new int[flows];
        stranger = flows;
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < flows; i++) {
            clients[i] = i;
            int other = random.nextInt(i + 1);
            clients[i] = clients[other];
            clients[other] = i;
        }
        ports.remember(true);
        for (int i = 0; i < flows; i++) {
            serverIds[i] = random.nextLong();
            connect(i, random.nextLong());
        }
        ports.remember(false);
        if (tracesOneIn > 0) {
            core.trace(tracesOneIn);
            turn();
        }
    }

    private AdmissionRules admission() {
        if (limits.equals("none")) {
            return AdmissionRules.ANYTHING;
        }
        Rate rate = new Rate(1_000_000_000, TimeUnit.SECONDS.toNanos(1));
        return new AdmissionRules(
                true,
                List.of(1),
                new AdmissionRules.Rates(rate, rate, rate, rate),
                new AdmissionRules.Networks(24, 56));
    }

    /// A handshake in brief, after which the session is established.
    private void connect(int index, long firstId) {
        Datagram initial = pool.take();
        SlotPackets.initial(initial.bytes(), 0, firstId, index);
        fromClient(initial, clients[index], 0);
        turn();
        sources[index] = ports.lastSource().low();
        backends[index] = ports.lastBackend().low();
        backendPorts[index] = ports.lastPort();

        Datagram answer = pool.take();
        SlotPackets.initial(answer.bytes(), 0, index, serverIds[index]);
        fromBackend(answer, index);
        Datagram known = pool.take();
        SlotPackets.shortHeader(known.bytes(), 0, serverIds[index]);
        fromClient(known, clients[index], 0);
        turn();
    }

    private void fromClient(Datagram datagram, int client, int segmentBytes) {
        int lengthBytes = segmentBytes == 0 ? SEGMENT_BYTES : SEGMENTS * segmentBytes;
        CoreOnMemory.fromClient(datagram, client, lengthBytes, segmentBytes);
        core.intake().accept(datagram);
    }

    private void fromBackend(Datagram datagram, int index) {
        Address peer = datagram.peer();
        datagram.setPayload(SEGMENT_BYTES, 0, 0);
        peer.set(0, backends[index], 4433, 0);
        datagram.local().set(0, sources[index], 0, 0);
        core.shard().fromBackend(datagram, backendPorts[index]);
    }

    /// What comes after a batch, at the receiver and at the shard.
    private int turn() {
        core.intake().endOfBatch();
        nowNs += TURN_NS;
        core.shard().turn(nowNs);
        core.handoff().reclaim(pool);
        return pool.available();
    }

    private int nextIndex() {
        next = next + 1 == flows ? 0 : next + 1;
        return next;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int forwardsToAKnownBackend() {
        for (int i = 0; i < BATCH; i++) {
            int index = nextIndex();
            Datagram datagram = pool.take();
            SlotPackets.shortHeader(datagram.bytes(), 0, serverIds[index]);
            fromClient(datagram, clients[index], 0);
        }
        return turn();
    }

    /// Of sixteen datagrams of one connection.
    @Benchmark
    @OperationsPerInvocation(SEGMENTS * BATCH)
    public int forwardsEachSegmentOfATrain() {
        for (int i = 0; i < BATCH; i++) {
            int index = nextIndex();
            Datagram train = pool.take();
            for (int segment = 0; segment < SEGMENTS; segment++) {
                SlotPackets.shortHeader(
                        train.bytes(), segment * (long) SEGMENT_BYTES, serverIds[index]);
            }
            fromClient(train, clients[index], SEGMENT_BYTES);
        }
        return turn();
    }

    /// The first packet of a client that nobody knows: a session is opened, and one evicted.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int opensASession() {
        for (int i = 0; i < BATCH; i++) {
            Datagram datagram = pool.take();
            stranger++;
            SlotPackets.initial(datagram.bytes(), 0, stranger * 0x9e3779b97f4a7c15L, stranger);
            fromClient(datagram, stranger, 0);
        }
        return turn();
    }

    /// The way back has no queue in either shape.
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int returnsToTheClient() {
        for (int i = 0; i < BATCH; i++) {
            int index = nextIndex();
            Datagram datagram = pool.take();
            SlotPackets.shortHeader(datagram.bytes(), 0, index);
            fromBackend(datagram, index);
        }
        return turn();
    }
}
