package dev.homing.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.UndecodedIds;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.routing.RoutingTables;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.datagram.FlowHash;
import dev.homing.handoff.ShardDoor;
import dev.homing.hash.SipHash;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Ledger;
import dev.homing.ledger.Side;
import dev.homing.relay.Intake;
import dev.homing.route.LearnedIds;
import dev.homing.route.Route;
import dev.homing.route.Router;
import dev.homing.route.RoutingFeed;
import dev.homing.route.RoutingTable;
import dev.homing.session.TurnClock;
import dev.homing.trace.Tracer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The explanation is what a receiver does.
final class ExplainerTest {

    private static final HashKey KEY = new HashKey(0x0011223344556677L, 0x8899aabbccddeeffL);

    private static Configuration configuration(String scheme, String balance) {
        List<String> sets = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            String backend = "pools.web.backends." + (i - 1);
            sets.add(backend + ".name=b" + i);
            sets.add(backend + ".address=10.0.0." + i + ":443");
            if (!scheme.equals("learned") && !scheme.equals("msquic-ip")) {
                String mapping = "pools.web.server-id-mappings." + (i - 1);
                sets.add(mapping + ".backend=b" + i);
                sets.add(
                        mapping
                                + ".server-id="
                                + (scheme.equals("mvfst") ? "000000" : "")
                                + "0"
                                + i);
            }
        }
        sets.add("pools.web.cid-scheme=" + scheme);
        sets.add("pools.web.balance=" + balance);
        if (scheme.equals("quic-lb")) {
            sets.add("pools.web.cid-configs.0.config-rotation-bits=0");
            sets.add("pools.web.cid-configs.0.server-id-length=1");
            sets.add("pools.web.cid-configs.0.nonce-length=5");
            sets.add("pools.web.cid-configs.0.cid-key=" + "0f".repeat(16));
        }
        sets.add("hash-key=00112233445566778899aabbccddeeff");
        Outcome outcome =
                new ConfigurationLoader(Network.ofThisMachine(sentence -> {}))
                        .load(
                                new Sources(
                                        Optional.empty(),
                                        Map.of(),
                                        List.of("127.0.0.1:4433"),
                                        List.of(),
                                        List.of(),
                                        sets));
        return switch (outcome) {
            case Outcome.Accepted(Configuration accepted, List<Warning> warnings, _, _) -> accepted;
            case Outcome.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    /// A receiver that keeps what it routed.
    private static final class Receiver implements ShardDoor {

        private final Ledger ledger = new Ledger(16);
        private final RoutingTable table;
        private final Intake intake;
        private final DatagramPool slots = new DatagramPool(Arena.ofAuto(), 1);
        private boolean isRouted;

        Receiver(Configuration configuration) {
            table = new RoutingTables().of(configuration);
            SipHash hash = new SipHash(KEY.low(), KEY.high());
            intake =
                    new Intake(
                            new RoutingFeed(table),
                            new TurnClock(0),
                            new FlowHash(hash),
                            new Router(
                                    (id, now) -> LearnedIds.UNKNOWN,
                                    hash,
                                    new UndecodedIds(configuration.listeners().size())),
                            new ShardDoor[] {this},
                            slots,
                            ledger,
                            Tracer.off());
        }

        @Override
        public boolean offer(Datagram datagram) {
            isRouted = true;
            return true;
        }

        @Override
        public void signal() {
            // Nobody sleeps.
        }

        /// The name of the backend, with `=` before it if the connection ID says so; or the reason.
        String fate(byte[] payload, InetSocketAddress client) {
            Datagram slot = slots.take();
            MemorySegment.copy(payload, 0, slot.bytes(), ValueLayout.JAVA_BYTE, 0, payload.length);
            slot.setPayload(payload.length, 0, 0);
            slot.setListener(0);
            byte[] ip = client.getAddress().getAddress();
            slot.peer()
                    .setIpv4(
                            HexFormat.fromHexDigits(HexFormat.of().formatHex(ip)),
                            client.getPort());
            isRouted = false;
            long[] before = drops();
            intake.accept(slot);
            if (isRouted) {
                slot.release();
                return (Route.isDecoded(slot.route()) ? "=" : "")
                        + table.backends().get(Route.backend(slot.route())).name();
            }
            long[] after = drops();
            for (DropReason reason : DropReason.values()) {
                if (after[reason.ordinal()] > before[reason.ordinal()]) {
                    return reason.label();
                }
            }
            throw new AssertionError("neither routed nor dropped");
        }

        private long[] drops() {
            long[] drops = new long[DropReason.values().length];
            for (DropReason reason : DropReason.values()) {
                drops[reason.ordinal()] = ledger.dropped(Side.CLIENT, reason);
            }
            return drops;
        }
    }

    private static String fate(Explanation told) {
        return switch (told.verdict()) {
            case Verdict.Decoded(var backend) -> "=" + backend.name();
            case Verdict.Proposed(var hashed, var backend) -> backend.name();
            case Verdict.Dropped(var reason) -> reason.label();
            case Verdict.AnyBackend any -> "any";
            case Verdict.CutOff cutOff -> "cut";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "learned, connection-id",
        "learned, flow",
        "quic-lb, connection-id",
        "quic-lb, flow",
        "mvfst, connection-id",
        "msquic-ip, flow"
    })
    void saysOfAnyDatagramWhatAReceiverDoes(String scheme, String balance)
            throws UnknownHostException {
        Configuration configuration = configuration(scheme, balance);
        Explainer explainer = new Explainer(configuration);
        Receiver receiver = new Receiver(configuration);
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int decoded = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] payload = datagram(random, scheme);
            byte[] ip = new byte[4];
            random.nextBytes(ip);
            InetSocketAddress client =
                    new InetSocketAddress(
                            InetAddress.getByAddress(ip), random.nextInt(10) == 0 ? 0 : 5000);
            Explanation told = explainer.explain(0, payload, payload.length, Optional.of(client));
            String fate = receiver.fate(payload, client);
            assertEquals(fate, fate(told), () -> "seed " + seed + ": " + told);
            decoded += fate.startsWith("=") ? 1 : 0;
        }
        assertEquals(scheme.equals("learned"), decoded == 0, "seed " + seed);
    }

    /// A datagram whose connection ID often names a backend, or anything.
    private static byte[] datagram(SplittableRandom random, String scheme) {
        byte[] connectionId = new byte[random.nextInt(24)];
        random.nextBytes(connectionId);
        if (connectionId.length >= 8 && random.nextBoolean()) {
            byte[] start =
                    switch (scheme) {
                        case "msquic-ip" ->
                                new byte[] {0, 10, 0, 0, (byte) (1 + random.nextInt(9))};
                        case "mvfst" ->
                                new byte[] {(byte) 0x80, 0, 0, (byte) (1 + random.nextInt(9))};
                        default -> new byte[] {(byte) random.nextInt(32)};
                    };
            System.arraycopy(start, 0, connectionId, 0, start.length);
        }
        int form = random.nextInt(3);
        byte[] payload = new byte[form == 0 ? random.nextInt(40) : 1200];
        random.nextBytes(payload);
        if (form == 1) {
            payload[0] &= 0x7f;
            System.arraycopy(connectionId, 0, payload, 1, connectionId.length);
        } else if (form == 2) {
            payload[0] |= (byte) 0x80;
            System.arraycopy(HexFormat.of().parseHex("00000001"), 0, payload, 1, 4);
            payload[5] = (byte) connectionId.length;
            System.arraycopy(connectionId, 0, payload, 6, connectionId.length);
        }
        return payload;
    }

    @Test
    void doesNotJudgeWhatACaptureCutOff() {
        Explainer explainer = new Explainer(configuration("quic-lb", "flow"));
        byte[] cutInHeader = HexFormat.of().parseHex("c000000001080102");
        byte[] cutInConnectionId = HexFormat.of().parseHex("40000102");

        assertInstanceOf(
                Verdict.CutOff.class,
                explainer.explain(0, cutInHeader, 1200, Optional.empty()).verdict());
        assertInstanceOf(
                Verdict.CutOff.class,
                explainer.explain(0, cutInConnectionId, 1200, Optional.empty()).verdict());
        assertInstanceOf(
                Verdict.CutOff.class,
                explainer.explain(0, new byte[0], 1200, Optional.empty()).verdict());
        assertInstanceOf(
                Verdict.AnyBackend.class,
                explainer.explain(0, cutInConnectionId, 4, Optional.empty()).verdict());
    }

    @Test
    void takesTheLongestDatagramAndMore() {
        Explainer explainer = new Explainer(configuration("learned", "connection-id"));

        assertTrue(
                explainer.explain(0, new byte[100_000], 100_000, Optional.empty()).verdict()
                        instanceof Verdict.AnyBackend);
    }

    @Test
    void leavesTheNonceOutIfItsEndIsNotKnown() {
        Configuration configuration = configuration("msquic-ip", "flow");
        byte[] tooShort = HexFormat.of().parseHex("40000a00000100000000");
        Explanation told =
                new Explainer(configuration)
                        .explain(0, tooShort, tooShort.length, Optional.empty());

        assertEquals("", told.read().orElseThrow().nonce());
        assertEquals("0a000001", told.read().orElseThrow().serverId());
    }
}
