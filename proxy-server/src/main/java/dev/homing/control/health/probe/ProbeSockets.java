package dev.homing.control.health.probe;

import dev.homing.quic.IgnoredPorts;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The sockets that probes leave from: one for each probe, so that each comes from a port of its
/// own and no answer can be taken for that of another. They are connected, so that the kernel gives
/// a refusal of the network (ICMP) to the probe that it is about (udp(7)).
///
/// Probes do not come from the sockets that clients' datagrams leave from: they would take source
/// tuples away from sessions.
///
/// One thread, but for [#wakeUp].
public final class ProbeSockets implements AutoCloseable {

    /// Probes under way at once, a socket each; further ones have to wait.
    public static final int MAX = 128;

    private static final int PORT_ATTEMPTS = 8;

    /// Version Negotiation with all versions that a packet has room for.
    private static final int ANSWER_BYTES = 2048;

    private static final long NS_PER_MS = 1_000_000;

    private final Selector selector;
    private final RandomGenerator random;
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    private final PriorityQueue<UnderWay> underWay;

    private record UnderWay(
            ProbePacket packet,
            DatagramChannel channel,
            long deadlineNs,
            Consumer<ProbeResult> then) {}

    /// @param random strangers must not be able to guess it
    public static ProbeSockets open(RandomGenerator random, long nowNs) throws IOException {
        return new ProbeSockets(Selector.open(), random, nowNs);
    }

    private ProbeSockets(Selector selector, RandomGenerator random, long nowNs) {
        this.selector = selector;
        this.random = random;
        // By the distance to a time, because nanoTime may overflow.
        underWay =
                new PriorityQueue<>(Comparator.comparingLong(probe -> probe.deadlineNs() - nowNs));
    }

    public boolean isFull() {
        return underWay.size() >= MAX;
    }

    /// Sends a probe.
    ///
    /// @param deadlineNs when it is given up
    /// @param then gets what has become of it, once: at once, or within [#await]
    public void send(InetSocketAddress server, long deadlineNs, Consumer<ProbeResult> then) {
        DatagramChannel channel;
        try {
            channel = connected(server);
        } catch (IOException e) {
            then.accept(ofRefused(e));
            return;
        }
        UnderWay probe = new UnderWay(ProbePacket.draw(random), channel, deadlineNs, then);
        try {
            channel.register(selector, SelectionKey.OP_READ, probe);
            channel.write(probe.packet().octets());
            underWay.add(probe);
        } catch (IOException e) {
            close(channel);
            then.accept(ofRefused(e));
        }
    }

    /// What the kernel says when it does not send.
    private static ProbeResult ofRefused(IOException e) {
        return switch (e) {
            case PortUnreachableException refused -> ProbeResult.REFUSED;
            case NoRouteToHostException unreachable -> ProbeResult.UNREACHABLE;
            default -> ProbeResult.NOT_SENT;
        };
    }

    private static DatagramChannel connected(InetSocketAddress server) throws IOException {
        StandardProtocolFamily family =
                server.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6;
        for (int i = 0; i < PORT_ATTEMPTS; i++) {
            DatagramChannel channel = DatagramChannel.open(family);
            try {
                channel.configureBlocking(false);
                channel.bind(null);
                int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
                if (!IgnoredPorts.contains(port)) {
                    channel.connect(server);
                    return channel;
                }
            } catch (IOException | RuntimeException e) {
                close(channel);
                throw e;
            }
            close(channel);
        }
        throw new IOException("the kernel gives only source ports that QUIC servers ignore");
    }

    /// Waits for answers, and gives up what is due.
    ///
    /// @param untilNs how long at most
    public void await(long nowNs, long untilNs) throws IOException {
        UnderWay first = underWay.peek();
        long waitNs = untilNs - nowNs;
        if (first != null) {
            waitNs = Math.min(waitNs, first.deadlineNs() - nowNs);
        }
        if (waitNs <= 0) {
            selector.selectNow(this::receive);
        } else {
            selector.select(this::receive, (waitNs + NS_PER_MS - 1) / NS_PER_MS);
        }
    }

    /// Gives up what was not answered in time.
    public void giveUp(long nowNs) {
        UnderWay first;
        while ((first = underWay.peek()) != null && first.deadlineNs() - nowNs <= 0) {
            underWay.remove();
            close(first.channel());
            first.then().accept(ProbeResult.TIMED_OUT);
        }
    }

    private void receive(SelectionKey key) {
        UnderWay probe = (UnderWay) key.attachment();
        try {
            while (true) {
                answer.clear();
                if (probe.channel().read(answer) <= 0) {
                    return;
                }
                if (probe.packet().isAnsweredBy(answer.flip())) {
                    end(probe, ProbeResult.ANSWERED);
                    return;
                }
            }
        } catch (PortUnreachableException e) {
            end(probe, ProbeResult.REFUSED);
        } catch (IOException e) {
            end(probe, ProbeResult.UNREACHABLE); // what else there is to report of a sent datagram
        }
    }

    private void end(UnderWay probe, ProbeResult result) {
        underWay.remove(probe);
        close(probe.channel());
        probe.then().accept(result);
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // close(2): the descriptor is free whatever it says
        }
    }

    /// Lets [#await] return. Any thread.
    public void wakeUp() {
        selector.wakeup();
    }

    /// What is under way ends without a result.
    @Override
    public void close() throws IOException {
        underWay.forEach(probe -> close(probe.channel()));
        underWay.clear();
        selector.close();
    }
}
