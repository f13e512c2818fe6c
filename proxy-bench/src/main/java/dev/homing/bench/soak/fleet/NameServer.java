package dev.homing.bench.soak.fleet;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A name server on loopback, over UDP, that knows an IPv4 address of each of some names, and can
/// fail. What it says holds for no time at all, so that it is asked as often as Homing asks anyone.
///
/// ```
/// RFC 1035 section 4.1, octets in brackets
/// query      | id (2) | flags (2) | 1 (2) | 0 (2) | 0 (2) | 0 or 1 (2) | question | …
/// question   | labels, each behind its length (1) | 0 (1) | type (2) | class (2) |
/// response   | id | flags and code | 1 | 0 or 1 | 0 | 0 | question | answer, if there is one
/// answer     | 0xc00c: the name in the question (2) | type (2) | class (2) | TTL (4) | 4 (2) | address (4)
/// ```
///
/// A thread of its own; any thread may say what it knows.
final class NameServer implements AutoCloseable {

    /// How it answers.
    enum Mood {
        /// As it should.
        GOOD,
        /// That it has failed (SERVFAIL).
        FAILING,
        /// Not at all.
        SILENT
    }

    private static final int LONGEST = 512;
    private static final int RESPONSE = 0x8180; // and recursion was asked for, and is available
    private static final int SERVFAIL = 2;
    private static final int NXDOMAIN = 3;
    private static final int QUESTION_AT = 12;
    private static final int NAME_OF_QUESTION = 0xc000 | QUESTION_AT;
    private static final int TYPE_A = 1;
    private static final int CLASS_IN = 1;
    private static final int LABEL_MAX = 63;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final Map<String, InetAddress> known = new ConcurrentHashMap<>();
    private volatile Mood mood = Mood.GOOD;

    NameServer() throws IOException {
        Thread.ofPlatform().daemon().name("soak-names").start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    /// What a name means from now on.
    void put(String name, String ip) {
        known.put(name + ".", InetAddress.ofLiteral(ip));
    }

    void be(Mood other) {
        mood = other;
    }

    private void run() {
        DatagramPacket datagram = new DatagramPacket(new byte[LONGEST], LONGEST);
        while (!socket.isClosed()) {
            try {
                datagram.setLength(LONGEST);
                socket.receive(datagram);
                if (mood != Mood.SILENT) {
                    byte[] response =
                            response(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
                    socket.send(
                            new DatagramPacket(
                                    response, response.length, datagram.getSocketAddress()));
                }
            } catch (IOException | BufferUnderflowException e) {
                // It was closed; or nobody will wait for the answer to what is no question.
                continue;
            }
        }
    }

    private byte[] response(ByteBuffer query) {
        short id = query.getShort();
        query.position(QUESTION_AT);
        String name = name(query);
        int type = query.getShort();
        query.getShort(); // the class
        ByteBuffer question = query.duplicate().flip().position(QUESTION_AT);
        InetAddress address = known.get(name);
        int code = mood == Mood.FAILING ? SERVFAIL : address == null ? NXDOMAIN : 0;
        byte[] octets =
                code != 0 || address == null || type != TYPE_A ? new byte[0] : address.getAddress();
        int answers = octets.length == 0 ? 0 : 1;
        ByteBuffer response = ByteBuffer.allocate(LONGEST);
        response.putShort(id).putShort((short) (RESPONSE | code));
        response.putShort((short) 1).putShort((short) answers).putInt(0);
        response.put(question);
        if (answers > 0) {
            response.putShort((short) NAME_OF_QUESTION);
            response.putShort((short) TYPE_A).putShort((short) CLASS_IN);
            response.putInt(0).putShort((short) octets.length).put(octets);
        }
        byte[] written = new byte[response.flip().remaining()];
        response.get(written);
        return written;
    }

    /// With a dot at its end.
    private static String name(ByteBuffer query) {
        StringBuilder name = new StringBuilder();
        for (int length = query.get(); length != 0; length = query.get()) {
            if (length < 0 || length > LABEL_MAX) {
                throw new BufferUnderflowException();
            }
            byte[] label = new byte[length];
            query.get(label);
            name.append(new String(label, StandardCharsets.US_ASCII)).append('.');
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        socket.close();
    }
}
