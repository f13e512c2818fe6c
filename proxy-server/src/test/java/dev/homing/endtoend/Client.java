package dev.homing.endtoend;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// One UDP socket that asks and waits for the answer.
final class Client implements AutoCloseable {

    private static final int PATIENCE_MS = 2000;

    private final DatagramSocket socket;

    Client(String ip) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(ip, 0));
        socket.setSoTimeout(PATIENCE_MS);
        socket.setReceiveBufferSize(4 << 20);
        socket.setSendBufferSize(4 << 20);
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(byte[] payload, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(payload, payload.length, to));
    }

    /// What came, and from where; null when nothing did in time.
    DatagramPacket receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        try {
            socket.receive(packet);
            return packet;
        } catch (SocketTimeoutException _) {
            return null;
        }
    }

    /// Sends, and says whether the same octets came back from where they were sent to.
    boolean isEchoed(byte[] payload, InetSocketAddress by) throws IOException {
        send(payload, by);
        DatagramPacket answer = receive();
        return answer != null
                && answer.getSocketAddress().equals(by)
                && Arrays.equals(payload, Arrays.copyOf(answer.getData(), answer.getLength()));
    }

    /// A version 1 Initial's header with connection IDs of eight octets, filled up with zeroes.
    static byte[] initial(long dcid, long scid, int length) {
        return ByteBuffer.allocate(length)
                .put((byte) 0xc0)
                .putInt(1)
                .put((byte) 8)
                .putLong(dcid)
                .put((byte) 8)
                .putLong(scid)
                .array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
