package dev.homing.shard;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.homing.admission.AdmissionRules;
import dev.homing.kit.Backends;
import dev.homing.kit.Cid;
import dev.homing.kit.Lab;
import dev.homing.kit.Lab.Forwarded;
import dev.homing.kit.MachineOptions;
import dev.homing.kit.Packets;
import dev.homing.kit.Place;
import dev.homing.kit.Rules;
import dev.homing.kit.Seeded;
import dev.homing.ledger.DropReason;
import dev.homing.ledger.Side;
import dev.homing.route.Balance;
import dev.homing.route.Pool;
import dev.homing.session.SessionLimits;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each reason for which a datagram is dropped, come about as it does in life.
class BooksTest {

    private static final int QUEUE_CAPACITY = 8;
    private static final Place CLIENT = Place.ipv4(0x0b000001, 5000);
    private static final Place OTHER_CLIENT = Place.ipv4(0x0b000002, 5000);
    private static final Cid CLIENTS = Cid.of("c0c1c2c3c4");
    private static final byte[] REST = new byte[60];

    @RegisterExtension final Seeded seeded = new Seeded();

    /// Where a reason comes from.
    private sealed interface Origin {}

    /// @param size of the machine that it happens in
    /// @param side that the one datagram comes from which is dropped
    /// @param story the last thing in which is that datagram
    private record OfCore(MachineOptions size, Side side, Story story) implements Origin {}

    /// Only a kernel has this reason, so proxy-server tests it, with sockets.
    ///
    /// @param why how the kernel says it
    private record OfSockets(String why) implements Origin {}

    private interface Story {
        void tell(BooksTest test, Lab lab);
    }

    /// Whoever adds a reason says here how it comes about; the compiler asks for it.
    private static Origin origin(DropReason reason) {
        return switch (reason) {
            case EMPTY -> ofClient(new MachineOptions(), BooksTest::nothing);
            case TRUNCATED_HEADER -> ofClient(new MachineOptions(), BooksTest::halfAHeader);
            case TRUNCATED_DATAGRAM -> new OfSockets("recvmmsg(2) returns MSG_TRUNC");
            case NO_CLIENT_PORT -> ofClient(new MachineOptions(), BooksTest::fromPortZero);
            case QUEUE_FULL ->
                    ofClient(
                            new MachineOptions().shards(1).queueCapacity(QUEUE_CAPACITY),
                            BooksTest::oneMoreThanTheQueueTakes);
            case NO_SLOT ->
                    ofClient(new MachineOptions().slots(1), BooksTest::aTrainOfTwoWithoutRoom);
            case NO_BACKEND -> ofClient(new MachineOptions(), BooksTest::toAnEmptyPool);
            case DRAINING -> ofClient(new MachineOptions(), BooksTest::aNewClientWhileStopping);
            case NOT_QUIC -> ofClient(new MachineOptions(), BooksTest::aShortHeaderTooShort);
            case SMALL_INITIAL -> ofClient(new MachineOptions(), BooksTest::anInitialTooSmall);
            case VERSION_REFUSED -> ofClient(new MachineOptions(), BooksTest::anotherVersion);
            case NEW_CONNECTIONS_LIMIT ->
                    ofClient(new MachineOptions(), limited(Rules.limiting(1, 0, 0, 0)));
            case BACKEND_LIMIT ->
                    ofClient(new MachineOptions(), limited(Rules.limiting(0, 1, 0, 0)));
            case ADDRESS_LIMIT ->
                    ofClient(new MachineOptions(), limited(Rules.limiting(0, 0, 1, 0)));
            case NETWORK_LIMIT ->
                    ofClient(new MachineOptions(), limited(Rules.limiting(0, 0, 0, 1)));
            case SESSIONS_FULL ->
                    ofClient(
                            new MachineOptions()
                                    .shards(1)
                                    .limits(new SessionLimits(1, 1, 120, 10, 8)),
                            BooksTest::oneClientMoreThanSessions);
            case NO_SOURCE_TUPLE ->
                    ofClient(new MachineOptions().portBudget(0), BooksTest::withoutAnyPort);
            case UNKNOWN_SENDER -> ofBackend(BooksTest::anAnswerFromAnotherPort);
            case NO_SESSION -> ofBackend(BooksTest::anAnswerThatCameTooLate);
            case TOO_BIG -> new OfSockets("sendmmsg(2) fails with EMSGSIZE");
            case SEND_BUFFER_FULL -> new OfSockets("sendmmsg(2) fails with EAGAIN or ENOBUFS");
            case UNREACHABLE -> new OfSockets("sendmmsg(2) finds no route, or may not use it");
            case REFUSED_SOURCE -> new OfSockets("sendmmsg(2) may not send from the address");
            case SEND_FAILED -> new OfSockets("sendmmsg(2) fails with anything else");
        };
    }

    private static Origin ofClient(MachineOptions size, Story story) {
        return new OfCore(size, Side.CLIENT, story);
    }

    private static Origin ofBackend(Story story) {
        return new OfCore(new MachineOptions(), Side.BACKEND, story);
    }

    static List<DropReason> reasonsOfCore() {
        return reasons(OfCore.class);
    }

    static List<DropReason> reasonsOfSockets() {
        return reasons(OfSockets.class);
    }

    private static List<DropReason> reasons(Class<? extends Origin> from) {
        return Arrays.stream(DropReason.values())
                .filter(reason -> from.isInstance(origin(reason)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("reasonsOfCore")
    void aDropIsCountedOnceWithItsReason(DropReason reason) {
        OfCore scenario = (OfCore) origin(reason);
        Lab lab =
                new Lab(
                        seeded.random(),
                        scenario.size(),
                        Balance.CONNECTION_ID,
                        Pool.LENGTH_LEARNED,
                        Backends.members(3));

        scenario.story().tell(this, lab);

        for (Side side : Side.values()) {
            for (DropReason other : DropReason.values()) {
                assertEquals(
                        other == reason && side == scenario.side() ? 1 : 0,
                        lab.books().dropped(side, other),
                        side + " " + other);
            }
        }
        lab.checkRest();
    }

    /// As the constants of compiled classes say.
    @ParameterizedTest
    @MethodSource("reasonsOfSockets")
    void theCoreDoesNotNameTheReasonsOfSockets(DropReason reason)
            throws IOException, URISyntaxException {
        Path core =
                Path.of(
                        DropReason.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        Path itself = core.resolve(DropReason.class.getName().replace('.', '/') + ".class");
        try (Stream<Path> files = Files.walk(core)) {
            List<Path> others =
                    files.filter(file -> file.toString().endsWith(".class"))
                            .filter(file -> !file.equals(itself))
                            .toList();
            assertFalse(others.isEmpty());
            for (Path file : others) {
                String octets = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(octets.contains(reason.name()), file + " needs a scenario");
            }
        }
    }

    private void nothing(Lab lab) {
        assertNull(lab.tryForward(CLIENT, new byte[0]));
    }

    private void halfAHeader(Lab lab) {
        assertNull(lab.tryForward(CLIENT, Arrays.copyOf(initial(), 10)));
    }

    private void fromPortZero(Lab lab) {
        assertNull(lab.tryForward(CLIENT.withPort(0), initial()));
    }

    private void oneMoreThanTheQueueTakes(Lab lab) {
        for (int i = 0; i <= QUEUE_CAPACITY; i++) {
            lab.queue(CLIENT, initial());
        }
        lab.nextForwarded();
    }

    /// Of two connections, the first of which stays in the only slot.
    private void aTrainOfTwoWithoutRoom(Lab lab) {
        byte[] first = initial();
        byte[] second = initial();
        lab.queueTrain(CLIENT, first.length, concat(first, second));
        assertArrayEquals(first, requireNonNull(lab.nextForwarded()).payload());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private void toAnEmptyPool(Lab lab) {
        lab.publish(List.of());
        assertNull(lab.tryForward(CLIENT, initial()));
    }

    private void aNewClientWhileStopping(Lab lab) {
        lab.acceptNewConnections(false);
        assertNull(lab.tryForward(CLIENT, initial()));
    }

    private void aShortHeaderTooShort(Lab lab) {
        lab.publish(Rules.checking());
        assertNull(lab.tryForward(CLIENT, new byte[20]));
    }

    private void anInitialTooSmall(Lab lab) {
        lab.publish(Rules.checking());
        assertNull(lab.tryForward(CLIENT, initial()));
    }

    private void anotherVersion(Lab lab) {
        lab.publish(Rules.checking(Packets.V2));
        assertNull(lab.tryForward(CLIENT, Arrays.copyOf(initial(), 1200)));
    }

    /// To a single backend.
    private static Story limited(AdmissionRules rules) {
        return (test, lab) -> {
            lab.publish(Backends.members(1));
            lab.publish(rules);
            lab.forward(CLIENT, test.initial());
            assertNull(lab.tryForward(CLIENT, test.initial()));
        };
    }

    /// Only a half-open session would make room.
    private void oneClientMoreThanSessions(Lab lab) {
        Cid server = random();
        Forwarded first = lab.forward(CLIENT, initial());
        lab.answer(first, Packets.initial(CLIENTS, server, REST));
        lab.forward(CLIENT, Packets.handshake(server, CLIENTS, REST));
        assertNull(lab.tryForward(OTHER_CLIENT, initial()));
    }

    private void withoutAnyPort(Lab lab) {
        assertNull(lab.tryForward(CLIENT, initial()));
    }

    private void anAnswerFromAnotherPort(Lab lab) {
        Forwarded first = lab.forward(CLIENT, initial());
        Place backend = Place.of(Backends.ipv4(first.backend()));
        byte[] answer = Packets.initial(CLIENTS, random(), REST);
        assertNull(lab.tryAnswer(first, backend.withPort(backend.port() + 1), answer));
    }

    private void anAnswerThatCameTooLate(Lab lab) {
        Forwarded first = lab.forward(CLIENT, initial());
        lab.pass(15);
        assertNull(lab.tryAnswer(first, Packets.initial(CLIENTS, random(), REST)));
    }

    private byte[] initial() {
        return Packets.initial(random(), CLIENTS, REST);
    }

    private Cid random() {
        return Cid.random(seeded.random(), 8);
    }
}
