package dev.homing.rehearsal;

import dev.homing.datagram.Datagram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/// A server that answers an Initial with a Handshake packet that names a connection ID of its own,
/// and whatever else with as many short headers as came.
///
/// One thread.
public final class EchoServer implements AutoCloseable {

    private static final int HANDSHAKE_BYTES = 600;
    private static final int ANSWER_BYTES = 200;

    private final Port port;
    private final InetSocketAddress address;
    private IntFunction<byte[]> connectionIds = pool -> new byte[Packet.ID_BYTES];

    public EchoServer(InetAddress local) {
        port = new Port(new InetSocketAddress(local, 0));
        address = new InetSocketAddress(local, port.port());
    }

    public InetSocketAddress address() {
        return address;
    }

    /// @param ids by the number of the pool that the client came through
    public void issue(IntFunction<byte[]> ids) {
        connectionIds = ids;
    }

    void turn() {
        port.receive(this::answer);
        port.flush();
    }

    private void answer(Datagram question) {
        Datagram answer = port.take();
        if (Packet.isProbe(question)) {
            Packet.writeVersionNegotiation(answer, question);
        } else {
            writeAnswer(answer, question);
        }
        answer.peer()
                .set(
                        question.peer().high(),
                        question.peer().low(),
                        question.peer().port(),
                        question.peer().scope());
        answer.local().set(0, 0, 0, 0);
        port.add(answer);
    }

    private void writeAnswer(Datagram answer, Datagram question) {
        int pool = Packet.pool(question);
        int client = Packet.client(question);
        byte[] dcid = clientId(client);
        if (Packet.isLong(question)) {
            Packet.writeLong(
                    answer, Packet.HANDSHAKE, dcid, connectionIds.apply(pool), HANDSHAKE_BYTES);
        } else if (question.segmentBytes() > 0) {
            Packet.writeShort(answer, dcid, question.count(), question.segmentBytes());
        } else {
            Packet.writeShort(answer, dcid, 1, ANSWER_BYTES);
        }
        Packet.writeTrailer(answer, pool, client);
    }

    /// The connection ID that a client chose for itself.
    static byte[] clientId(int client) {
        return ByteBuffer.allocate(Packet.ID_BYTES).putInt(0xc11e).putInt(client).array();
    }

    @Override
    public void close() {
        port.close();
    }
}
