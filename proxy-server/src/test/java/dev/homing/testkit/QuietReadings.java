package dev.homing.testkit;

import dev.homing.cid.CidScheme;
import dev.homing.cid.ServerIds;
import dev.homing.cid.UndecodedIds;
import dev.homing.cid.preset.AwsNlb;
import dev.homing.handoff.Handoff;
import dev.homing.ledger.Books;
import dev.homing.ledger.Ledger;
import dev.homing.linux.SocketMemory;
import dev.homing.linux.ThreadCpu;
import dev.homing.observe.metrics.reading.Allowance;
import dev.homing.observe.metrics.reading.BuildLabels;
import dev.homing.observe.metrics.reading.HealthReadings;
import dev.homing.observe.metrics.reading.NamesReading;
import dev.homing.observe.metrics.reading.PortsReading;
import dev.homing.observe.metrics.reading.QueueReading;
import dev.homing.observe.metrics.reading.Readings;
import dev.homing.observe.metrics.reading.ReloadReading;
import dev.homing.observe.metrics.reading.SocketReading;
import dev.homing.observe.metrics.reading.ThreadReading;
import dev.homing.route.Backend;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import dev.homing.route.ConnectionIdLengths;
import dev.homing.route.Pool;
import dev.homing.route.PoolMember;
import dev.homing.route.RoutingTable;
import dev.homing.trace.TraceRing;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What metrics read off a Homing that has just started: one receiver, one shard, backends `a` with
/// the id 5 and `b`, draining. Its counts are the caller's to write.
public final class QuietReadings {

    public final Ledger receiver = new Ledger(8);
    public final Ledger shard = new Ledger(8);
    public final TraceRing tracesOfReceiver = new TraceRing(Arena.ofAuto());
    public final TraceRing tracesOfShard = new TraceRing(Arena.ofAuto());
    public final Handoff handoff = new Handoff(4096, 8);

    public final UndecodedIds undecoded = new UndecodedIds(1);

    /// How the servers' connection IDs say whose they are.
    public CidScheme scheme = AwsNlb.of(ServerIds.ofLength(8).add(new byte[8], 5).build(), 17);

    /// What the kernel tells of the listening socket; empty if it does not tell.
    public Optional<SocketMemory> socket = Optional.of(new SocketMemory(1_000, 8_000, 17));

    public Readings readings() {
        ThreadCpu cpu = ThreadCpu.ofCallingThread();
        return new Readings(
                new Books(List.of(receiver, shard), handoff::depth),
                List.of(
                        new ThreadReading("recv-0", receiver, cpu, tracesOfReceiver),
                        new ThreadReading("shard-0", shard, cpu, tracesOfShard)),
                List.of(new QueueReading("recv-0", "shard-0", handoff)),
                List.of("[::]:4433"),
                List.of(undecoded),
                List.of(new SocketReading("[::]:4433", "recv-0", () -> socket)),
                List.of(
                        new PortsReading(
                                "shard-0",
                                () -> 2,
                                () -> Optional.of(new SocketMemory(300, 4_000, 9)))),
                this::table,
                new HealthReadings(
                        () ->
                                List.of(
                                        new HealthReadings.Of(
                                                "a", true, Map.of("answered", 3L, "refused", 0L)),
                                        new HealthReadings.Of(
                                                "b", false, Map.of("answered", 0L, "refused", 7L))),
                        () -> Set.of()),
                () -> new ReloadReading(3, 2, 1, true, 1_700_000_000, "0123456789abcdef"),
                () -> new NamesReading(7, 2, 1),
                new Allowance(1_000, 500, 2_000, 64, 4 << 20),
                new BuildLabels("1.2.3", "abcdef"));
    }

    private RoutingTable table() {
        Backend a = new Backend(5, "a", 0, 0xffff_7f00_0001L, 4433);
        Backend b = new Backend(6, "b", 0, 0xffff_7f00_0002L, 4433);
        Pool pool =
                new Pool(
                        0,
                        "pool",
                        Balance.CONNECTION_ID,
                        Pool.LENGTH_LEARNED,
                        new ConnectionIdLengths(),
                        scheme,
                        List.of(
                                new PoolMember(a, 1, BackendState.ACTIVE),
                                new PoolMember(b, 1, BackendState.DRAINING)));
        return new RoutingTable(1, true, List.of(pool), new int[1], List.of(a, b));
    }
}
