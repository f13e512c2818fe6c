package dev.homing.kit.world;

import dev.homing.kit.Cid;
import dev.homing.kit.LongType;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;

/// The client's end of a connection as far as headers go, which checks that what reaches it was
/// meant for it.
public final class ModelConnection {

    /// How far the connection has come.
    private enum Phase {
        INITIAL,
        HANDSHAKE,
        ONE_RTT
    }

    private static final int MOST_NEW_CIDS_ON_A_FLOW = 4;

    private final SplittableRandom random;
    private final ModelSocket socket;
    private final int number;
    private final Cid own;
    private final Queue<Cid> spare = new ArrayDeque<>();
    private Phase phase = Phase.INITIAL;
    private int version;
    private Cid server;
    private boolean token;
    private int sequence;
    private int newCidsOnThisFlow;
    private boolean isConfirmed;
    private int provenFrom = Integer.MAX_VALUE;
    private boolean isProven;

    ModelConnection(SplittableRandom random, ModelSocket socket, int number) {
        this.random = random;
        this.socket = socket;
        this.number = number;
        version = version();
        // Clients that have one connection to a socket need no connection ID of their own.
        own = Cid.random(random, socket.isShared() ? 1 + random.nextInt(20) : random.nextInt(21));
        server = firstChoice();
    }

    private int version() {
        return switch (random.nextInt(10)) {
            case 0 -> Packets.V2;
            case 1 -> Packets.V2_DRAFT;
            case 2 -> Packets.DRAFT_29;
            case 3 -> Packets.GREASED_VERSION;
            default -> Packets.V1;
        };
    }

    /// RFC 9000 section 7.2: random, of at least 8 octets.
    private Cid firstChoice() {
        return Cid.random(random, 8 + random.nextInt(13));
    }

    /// Where it sends from.
    public Place place() {
        return socket.place();
    }

    Place homing() {
        return socket.homing();
    }

    int number() {
        return number;
    }

    /// The server's connection ID in use.
    public Cid server() {
        return server;
    }

    /// Whether the server is known to have seen the connection ID in use from the address in use:
    /// only then can anybody else know whose it is.
    public boolean isConfirmed() {
        return phase == Phase.ONE_RTT && isConfirmed;
    }

    /// Whether more has passed both ways at the address in use since it was confirmed: only then
    /// does Homing know that the client is there (docs/decisions/0008).
    public boolean isProven() {
        return isProven;
    }

    void moved() {
        isConfirmed = false;
        provenFrom = Integer.MAX_VALUE;
        isProven = false;
        newCidsOnThisFlow = 0;
    }

    /// Sends what a client would send now.
    public void send() {
        switch (phase) {
            case INITIAL -> {
                send(initial());
                if (random.nextInt(3) == 0) {
                    send(initial());
                }
                if (random.nextInt(5) == 0) {
                    send(Packets.longHeader(LongType.ZERO_RTT, version, server, own));
                }
            }
            case HANDSHAKE -> {
                if (random.nextBoolean()) {
                    send(initial());
                }
                send(Packets.longHeader(LongType.HANDSHAKE, version, server, own));
            }
            case ONE_RTT -> sendOneRtt();
        }
    }

    private byte[] initial() {
        byte[] rest = new byte[Packets.INITIAL_BYTES];
        return Packets.longHeader(LongType.INITIAL, version, server, own, rest);
    }

    /// Where its connection IDs say whose they are, none is new to Homing.
    void useSpareCid() {
        if (!spare.isEmpty()) {
            useNewCid();
        }
    }

    private void sendOneRtt() {
        if (mayUseNewCid() && random.nextInt(3) == 0) {
            useNewCid();
        }
        byte[] packet = Packets.shortHeader(server);
        switch (random.nextInt(12)) {
            case 0 -> packet = Packets.longHeader(0xc5, Packets.SCONE, server, Cid.EMPTY, packet);
            case 1 -> packet = Packets.longHeader(LongType.HANDSHAKE, version, server, own, packet);
            case 2 -> packet[0] &= (byte) ~0x40; // RFC 9287
            default -> {}
        }
        int burst = random.nextInt(4) == 0 ? 1 + random.nextInt(12) : 1;
        for (int i = 0; i < burst; i++) {
            send(packet);
        }
    }

    /// A connection ID that nobody has seen can only be told to be this connection's if its flow
    /// has no other, and still has its session, which might be evicted before it is established.
    private boolean mayUseNewCid() {
        return !spare.isEmpty()
                && isConfirmed()
                && !socket.mayBeEvicted()
                && !socket.isShared()
                && newCidsOnThisFlow < MOST_NEW_CIDS_ON_A_FLOW;
    }

    private void useNewCid() {
        server = spare.remove();
        isConfirmed = false;
        newCidsOnThisFlow++;
    }

    private void send(byte[] header) {
        int ecn = random.nextInt(4);
        Secret secret =
                new Secret(number, sequence++, socket.place(), ecn, token, Cid.EMPTY, Cid.EMPTY);
        socket.send(secret.seal(header), ecn);
    }

    void receive(Flight flight, Secret secret) {
        Assertions.assertEquals(secret.ecn(), flight.ecn(), "the ECN mark has changed");
        // Whoever the server thinks it writes to through this source tuple must be who gets it.
        Assertions.assertEquals(secret.client(), flight.to(), "an answer for another address");
        Seen seen = Seen.of(flight.payload(), own.length());
        Assertions.assertEquals(own, seen.dcid(), "a connection ID that is not the client's");
        if (!seen.isLong()) {
            phase = phase == Phase.INITIAL ? phase : Phase.ONE_RTT;
            if (secret.issued().length() > 0) {
                spare.add(secret.issued());
            }
        } else if (seen.type() == LongType.RETRY) {
            if (phase == Phase.INITIAL && !token) {
                token = true;
                server = seen.scid();
            }
        } else if (phase == Phase.INITIAL) {
            phase = Phase.HANDSHAKE;
            server = seen.scid();
        }
        if (secret.client().equals(socket.place())) {
            isConfirmed |= secret.seen().equals(server);
            isProven |= secret.sequence() >= provenFrom;
            provenFrom = isConfirmed() ? Math.min(provenFrom, sequence) : provenFrom;
        }
    }

    /// What has no secret: a Version Negotiation or a stateless reset.
    void receiveBare(byte[] payload) {
        if (payload[0] >= 0) {
            return;
        }
        Seen seen = Seen.of(payload, own.length());
        if (seen.isVersionNegotiation()
                && phase == Phase.INITIAL
                && version == Packets.GREASED_VERSION
                && seen.dcid().equals(own)) {
            version = random.nextBoolean() ? Packets.V1 : Packets.V2;
            server = firstChoice();
        }
    }

    @Override
    public String toString() {
        return "connection %d from %s: %s, server's ID %s"
                .formatted(number, place(), phase, server);
    }
}
