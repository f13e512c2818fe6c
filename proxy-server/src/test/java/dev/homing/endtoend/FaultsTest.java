package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.testkit.Doctor;
import dev.homing.testkit.Traffic;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One fault at a time in a running instance, and what `homing doctor` names first. Those that need
/// a process of their own are in `ConfinedFaultsTest`.
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class FaultsTest {

    private static final int INITIAL_BYTES = 1200;
    private static final String LOOK = "1s";
    private static final long TENTH_NS = 100_000_000;

    /// What other processes do to the machine meanwhile is not this instance's fault; nor is it
    /// that a datagram waits where a shard must wait for a CPU.
    private static final Set<String> OF_THE_MACHINE =
            Set.of("nic", "softirq", "firewall", "udp", "answer-nic", "machine");

    private Echo backend;
    private List<Client> clients;

    @BeforeEach
    void open() throws IOException {
        backend = new Echo("127.0.0.1");
        clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clients.add(new Client("127.0.0.1"));
        }
    }

    @AfterEach
    void close() throws IOException {
        clients.forEach(Client::close);
        backend.close();
    }

    /// One receiver and one shard, and buffers that any kernel grants.
    private Homing.Setup setup() {
        return Homing.with()
                .admin()
                .set("threads.receivers", 1)
                .set("threads.shards", 1)
                .set("sockets.receive-buffer", "200KiB")
                .set("sockets.send-buffer", "200KiB");
    }

    private Homing start() {
        return setup().backend("a", backend.address()).start();
    }

    private static Doctor ask(Homing homing) {
        return Doctor.ask(homing.server().adminAddress().orElseThrow(), LOOK);
    }

    /// Each client in turn, with a connection of its own.
    private Traffic ordinary(Homing homing) {
        return Traffic.of(number -> {
            int client = number % clients.size();
            clients.get(client)
                    .send(Client.initial(client + 1, 2, INITIAL_BYTES), homing.address());
        });
    }

    private static void assertFirst(String expected, String step, Doctor doctor) {
        assertEquals(expected, doctor.first(), doctor::out);
        assertEquals(step, doctor.firstLoss(), doctor::out);
        assertEquals(1, doctor.exitCode());
    }

    /// @param starved what it is instead where the machine is so short of CPUs that the thread
    ///   waits for one
    private static void assertFirstOf(String usual, String starved, String step, Doctor doctor) {
        boolean isStarved = doctor.first().startsWith(starved);
        assertFirst((isStarved ? starved : usual) + " at " + step, step, doctor);
    }

    @ParameterizedTest
    @EnumSource
    void aHealthyRunIsNotTalkedIll(Shape shape) {
        try (Homing homing = setup().shape(shape).backend("a", backend.address()).start();
                Traffic _ = ordinary(homing)) {
            Doctor doctor = ask(homing);
            List<Doctor.Told> ofHoming =
                    doctor.findings().stream()
                            .filter(told -> !OF_THE_MACHINE.contains(told.step()))
                            .filter(told -> !told.finding().equals("handoff-slow"))
                            .toList();
            assertEquals(List.of(), ofHoming, doctor::out);
            assertEquals(0, doctor.exitCode(), doctor::out);
        }
    }

    /// Three datagrams fill it: more than a receiver takes while a sender sends them.
    @Test
    void aTinySocketBuffer() {
        byte[] large = Client.initial(1, 2, 60_000);
        try (Homing homing =
                        setup().set("sockets.receive-buffer", "64KiB")
                                .backend("a", backend.address())
                                .start();
                Traffic _ =
                        Traffic.of(number -> {
                            for (int i = 0; i < 20; i++) {
                                clients.get(i).send(large, homing.address());
                            }
                        })) {
            assertFirstOf("receive-buffer-too-small", "receiver-starved", "socket", ask(homing));
        }
    }

    @Test
    void aStoppedShardBehindAReceiver() {
        try (Homing homing =
                        setup().set("queues.capacity", 64).backend("a", backend.address()).start();
                Stall _ = Stall.whole(homing);
                Traffic _ = ordinary(homing)) {
            Doctor doctor = ask(homing);
            assertFirst("thread-stopped at queue", "queue", doctor);
            assertEquals("shard-0", doctor.findings().getFirst().about());
        }
    }

    @Test
    void aStoppedShardThatReceivesForItself() {
        try (Homing homing =
                        setup().set("threads.receivers", 0)
                                .set("sockets.receive-buffer", "64KiB")
                                .backend("a", backend.address())
                                .start();
                Stall _ = Stall.whole(homing);
                Traffic _ = ordinary(homing)) {
            Doctor doctor = ask(homing);
            assertFirst("thread-stopped at socket", "socket", doctor);
            assertEquals("shard-0", doctor.findings().getFirst().about());
        }
    }

    /// The shard has time left in all, and stands still now and then.
    @Test
    void aQueueThatIsTooShort() {
        try (Homing homing =
                        setup().set("queues.capacity", 64).backend("a", backend.address()).start();
                Stall _ = Stall.often(homing, TENTH_NS);
                Traffic _ =
                        Traffic.of(number -> {
                            for (int i = 0; i < 10; i++) {
                                clients.get(i)
                                        .send(
                                                Client.initial(i + 1, 2, INITIAL_BYTES),
                                                homing.address());
                            }
                        })) {
            assertFirstOf("queue-too-short", "shard-starved", "queue", ask(homing));
        }
    }

    @Test
    void aBackendThatRefuses() throws IOException {
        InetSocketAddress nobody;
        try (Echo gone = new Echo("127.0.0.1")) {
            nobody = gone.address();
        }
        try (Homing homing = setup().backend("a", nobody).start();
                Traffic _ = ordinary(homing)) {
            assertFirst("backend-refuses at backend", "backend", ask(homing));
        }
    }

    @Test
    void aBackendThatIsSilent() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                Homing homing =
                        setup().backend(
                                        "a",
                                        new InetSocketAddress("127.0.0.1", silent.getLocalPort()))
                                .start();
                Traffic _ = ordinary(homing)) {
            assertFirst("backends-silent at backend", "backend", ask(homing));
        }
    }

    @Test
    void aFloodOfMalformedDatagrams() {
        byte[] malformed = {(byte) 0xc0, 0, 0, 0, 1, 20};
        try (Homing homing = start();
                Traffic _ = ordinary(homing);
                Traffic _ =
                        Traffic.of(number -> {
                            for (int i = 0; i < 10; i++) {
                                clients.get(i).send(malformed, homing.address());
                            }
                        })) {
            assertFirst("malformed at receiver", "receiver", ask(homing));
        }
    }

    @Test
    void aBudgetOfTenSourcePorts() {
        try (Homing homing =
                        setup().set("sockets.backend-ports-max", 10)
                                .backend("a", backend.address())
                                .start();
                Traffic _ = ordinary(homing)) {
            assertFirst("port-budget at shard", "shard", ask(homing));
        }
    }

    @Test
    void noBackendTakesConnections() {
        try (Homing homing = setup().backend("a", backend.address(), 0).start();
                Traffic _ = ordinary(homing)) {
            Doctor doctor = ask(homing);
            assertFirst("no-backend at shard", "shard", doctor);
        }
    }
}
