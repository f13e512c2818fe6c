package dev.homing.peers;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/// Asks a QUIC server whether it is there, by a version that nobody has: it must answer with
/// Version Negotiation (RFC 9000 section 6.1).
public final class Probe {

    private static final int UNKNOWN_VERSION = 0x1a2a3a4a;
    private static final int LENGTH_BYTES = 1200;
    private static final int PATIENCE_MS = 200;

    private Probe() {}

    public static boolean isAnswered(InetSocketAddress server) throws IOException {
        ByteBuffer probe =
                ByteBuffer.allocate(LENGTH_BYTES)
                        .put((byte) 0xc0)
                        .putInt(UNKNOWN_VERSION)
                        .put((byte) 8)
                        .putLong(System.nanoTime())
                        .put((byte) 8)
                        .putLong(1);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MS);
            byte[] octets = new byte[LENGTH_BYTES];
            probe.flip().get(octets, 0, probe.limit());
            socket.send(new DatagramPacket(octets, octets.length, server));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return answer.getLength() > 5 && ByteBuffer.wrap(answer.getData()).getInt(1) == 0;
        } catch (SocketTimeoutException | java.net.PortUnreachableException e) {
            return false;
        }
    }

    /// A UDP port that is free now. Another process may take it first; the server then does not
    /// start, and says so.
    static int freePort(InetAddress address) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
            return socket.getLocalPort();
        }
    }
}
