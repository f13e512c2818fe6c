package dev.homing.demo.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebindingRelayTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int TIMEOUT_MS = 10_000;

    private DatagramSocket server;
    private DatagramSocket client;
    private RebindingRelay relay;

    @BeforeEach
    void open() throws Exception {
        server = new DatagramSocket(0, LOOPBACK);
        client = new DatagramSocket(0, LOOPBACK);
        server.setSoTimeout(TIMEOUT_MS);
        client.setSoTimeout(TIMEOUT_MS);
        relay = RebindingRelay.open((InetSocketAddress) server.getLocalSocketAddress());
    }

    @AfterEach
    void close() {
        relay.close();
        server.close();
        client.close();
    }

    @Test
    void passesDatagramsBothWaysWhole() throws Exception {
        for (int length : new int[] {1, 1200, 65_507}) {
            send(client, length, relay.address());
            DatagramPacket there = receive(server);
            assertEquals(length, there.getLength());
            assertEquals(relay.outgoingAddress(), there.getSocketAddress());
            send(server, length, relay.outgoingAddress());
            DatagramPacket back = receive(client);
            assertEquals(length, back.getLength());
            assertEquals(relay.address(), back.getSocketAddress());
        }
        Eventually.holds("three each way", () -> relay.forwarded() == 3 && relay.returned() == 3);
    }

    @Test
    void sendsFromItsNewAddressAfterRebinding() throws Exception {
        InetSocketAddress before = relay.outgoingAddress();
        send(client, 1, relay.address());
        receive(server);
        InetSocketAddress after = wait(relay.rebind());
        assertNotEquals(before, after);
        assertEquals(after, relay.outgoingAddress());
        send(client, 2, relay.address());
        assertEquals(after, receive(server).getSocketAddress());
        send(server, 3, after);
        assertEquals(3, receive(client).getLength());
        InetSocketAddress elsewhere =
                wait(relay.rebind(InetAddress.ofLiteral("127.0.0.9"), Duration.ZERO));
        assertEquals("127.0.0.9", elsewhere.getAddress().getHostAddress());
        send(client, 4, relay.address());
        assertEquals(elsewhere, receive(server).getSocketAddress());
    }

    @Test
    void deliversWhatHadReachedTheOldAddressAndNothingMore() throws Exception {
        send(client, 1, relay.address());
        receive(server);
        InetSocketAddress before = relay.outgoingAddress();
        send(server, 2, before);
        wait(relay.rebind());
        assertEquals(2, receive(client).getLength());
        send(server, 3, before);
        client.setSoTimeout(100);
        assertThrows(SocketTimeoutException.class, () -> receive(client));
    }

    @Test
    void oldAddressLingersAsLongAsAskedFor() throws Exception {
        send(client, 1, relay.address());
        receive(server);
        InetSocketAddress before = relay.outgoingAddress();
        wait(relay.rebind(before.getAddress(), Duration.ofMinutes(1)));
        send(server, 2, before);
        assertEquals(2, receive(client).getLength());
        send(client, 3, relay.address());
        assertEquals(relay.outgoingAddress(), receive(server).getSocketAddress());
    }

    @Test
    void servesOneClientOnly() throws Exception {
        send(client, 1, relay.address());
        receive(server);
        try (DatagramSocket stranger = new DatagramSocket(0, LOOPBACK)) {
            send(stranger, 2, relay.address());
            Eventually.holds("the stranger is not served", () -> relay.dropped() == 1);
        }
        assertEquals(1, relay.forwarded());
    }

    @Test
    void survivesAServerThatIsAway() throws Exception {
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        server.close();
        for (int i = 1; i <= 3; i++) {
            long sent = i;
            send(client, 1, relay.address());
            Eventually.holds("sent to nobody", () -> relay.forwarded() == sent);
        }
        server = new DatagramSocket(address);
        server.setSoTimeout(TIMEOUT_MS);
        send(client, 5, relay.address());
        assertEquals(5, receive(server).getLength());
    }

    @Test
    void rebindingFailsOnceItIsClosedOrToAnAddressThatIsNotHere() throws Exception {
        InetAddress notHere = InetAddress.ofLiteral("192.0.2.1");
        assertThrows(ExecutionException.class, () -> wait(relay.rebind(notHere, Duration.ZERO)));
        send(client, 1, relay.address());
        assertEquals(1, receive(server).getLength());
        relay.close();
        assertThrows(ExecutionException.class, () -> wait(relay.rebind()));
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread ->
                                thread.isAlive() && thread.getName().equals("demo-relay")));
    }

    private static void send(DatagramSocket from, int length, InetSocketAddress to)
            throws IOException {
        from.send(new DatagramPacket(new byte[length], length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return packet;
    }

    private static <T> T wait(CompletableFuture<T> future) throws Exception {
        return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }
}
