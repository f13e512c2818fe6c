package dev.homing.bench.micro;

import dev.homing.cid.CidDecoder;
import dev.homing.cid.CidScheme;
import dev.homing.cid.Mvfst;
import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.preset.AwsNlb;
import dev.homing.cid.preset.Msquic;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
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

/// What a connection ID's scheme costs a datagram with a short header: cipher, and the table of a
/// thousand server IDs. Each server ID is known.
///
/// `./homing bench micro CidBenchmark`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CidBenchmark {

    private static final int CONNECTION_IDS = 1 << 10;
    private static final int SLOT_BYTES = 64;
    private static final CidKey KEY = CidKey.parse("8f95f09245765f80256934e50c66207f");

    /// Four-pass: three AES blocks if the server ID lies in the left half, else four.
    @Param({"plaintext", "single-pass", "four-pass-3", "four-pass-4", "aws-nlb", "msquic", "mvfst"})
    private String layout = "";

    private final MemorySegment slots =
            Arena.ofAuto().allocate((long) CONNECTION_IDS * SLOT_BYTES, 64);
    private CidScheme scheme = new QuicLb(List.of());
    private CidDecoder decoder = scheme.newDecoder();
    private int next;

    @Setup
    public void setUp() {
        switch (layout) {
            case "plaintext" -> quicLb(QuicLbFormat.of(0, 4, 8, null));
            case "single-pass" -> quicLb(QuicLbFormat.of(0, 4, 12, KEY));
            case "four-pass-3" -> quicLb(QuicLbFormat.of(0, 4, 5, KEY));
            case "four-pass-4" -> quicLb(QuicLbFormat.of(0, 10, 9, KEY));
            case "aws-nlb" -> plain(AwsNlb.SERVER_ID_BYTES);
            case "msquic" -> plain(Msquic.SERVER_ID_BYTES);
            case "mvfst" -> mvfst();
            default -> throw new IllegalArgumentException(layout);
        }
        decoder = scheme.newDecoder();
        for (int i = 0; i < CONNECTION_IDS; i++) {
            if (decode(i) != i) {
                throw new IllegalStateException("server ID " + i + " is not known");
            }
        }
    }

    private void quicLb(QuicLbFormat format) {
        List<byte[]> serverIds = serverIds(format.serverIdLength());
        for (int i = 0; i < CONNECTION_IDS; i++) {
            put(i, new QuicLbEncoder(format, serverIds.get(i)).next().orElseThrow());
        }
        scheme = new QuicLb(List.of(new QuicLb.Configuration(format, table(serverIds))));
    }

    private void plain(int serverIdLength) {
        List<byte[]> serverIds = serverIds(serverIdLength);
        for (int i = 0; i < CONNECTION_IDS; i++) {
            byte[] connectionId = new byte[17];
            System.arraycopy(serverIds.get(i), 0, connectionId, 1, serverIdLength);
            put(i, connectionId);
        }
        ServerIds table = table(serverIds);
        scheme =
                serverIdLength == AwsNlb.SERVER_ID_BYTES
                        ? AwsNlb.of(table, CidDecoder.LENGTH_UNKNOWN)
                        : Msquic.of(table);
    }

    private void mvfst() {
        List<byte[]> hosts = serverIds(Mvfst.HOST_ID_BYTES);
        for (int i = 0; i < CONNECTION_IDS; i++) {
            byte[] connectionId = new byte[8];
            connectionId[0] = (byte) 0xc0; // version 3
            System.arraycopy(hosts.get(i), 0, connectionId, 1, Mvfst.HOST_ID_BYTES);
            put(i, connectionId);
        }
        scheme = new Mvfst(table(hosts));
    }

    private static List<byte[]> serverIds(int length) {
        SplittableRandom random = new SplittableRandom(42);
        List<byte[]> serverIds = new ArrayList<>();
        for (int i = 0; i < CONNECTION_IDS; i++) {
            byte[] serverId = new byte[length];
            random.nextBytes(serverId);
            serverIds.add(serverId);
        }
        return serverIds;
    }

    private static ServerIds table(List<byte[]> serverIds) {
        ServerIds.Builder table = ServerIds.ofLength(serverIds.getFirst().length);
        for (int i = 0; i < serverIds.size(); i++) {
            table.add(serverIds.get(i), i);
        }
        return table.build();
    }

    private void put(int index, byte[] connectionId) {
        MemorySegment.copy(
                connectionId,
                0,
                slots,
                ValueLayout.JAVA_BYTE,
                (long) index * SLOT_BYTES,
                connectionId.length);
    }

    private int decode(int index) {
        return decoder.decodeShort(slots, index * SLOT_BYTES, 40);
    }

    @Benchmark
    public int decode() {
        return decode(next++ & CONNECTION_IDS - 1);
    }
}
