package dev.homing.rehearsal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.health.probe.ProbePacket;
import dev.homing.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EchoServerTest {

    @Test
    void answersAHealthProbeWithVersionNegotiation() throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        ProbePacket probe = ProbePacket.draw(new Random(1));
        try (EchoServer server = new EchoServer(loopback);
                DatagramChannel prober =
                        DatagramChannel.open().bind(new InetSocketAddress(loopback, 0))) {
            prober.configureBlocking(false);
            prober.send(probe.octets(), server.address());
            ByteBuffer answer = ByteBuffer.allocate(2_000);
            Eventually.holds(
                    "an answer",
                    () -> {
                        server.turn();
                        return hasCome(prober, answer);
                    });
            assertTrue(probe.isAnsweredBy(answer.flip()));
        }
    }

    private static boolean hasCome(DatagramChannel prober, ByteBuffer answer) {
        try {
            return prober.receive(answer) != null;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
