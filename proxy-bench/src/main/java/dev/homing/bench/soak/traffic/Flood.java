package dev.homing.bench.soak.traffic;

import dev.homing.bench.soak.plan.Event;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Strangers' datagrams at a rate, a few from each of many addresses of 127.0.0.0/8.
final class Flood implements Runnable {

    /// What a datagram of the flood has in it.
    interface Content {
        /// Fills a cleared buffer; what is before its position is sent.
        void write(ByteBuffer datagram, SplittableRandom random);
    }

    private static final int DATAGRAMS_AN_ADDRESS = 4;
    private static final int DATAGRAMS_A_BATCH = 16;
    private static final int LONGEST = 1500;
    private static final int LOOPBACK = 127 << 24;
    private static final int ADDRESSES = 1 << 24;
    private static final int INITIAL_BYTES = 1200;

    /// Parts of 127.0.0.0/8 may be routed elsewhere, and then cannot be bound.
    private static final int REFUSED_MAX = 10_000;

    private final InetSocketAddress proxy;
    private final int datagrams;
    private final int perSecond;
    private final SplittableRandom random;
    private final Content content;
    private final LongAdder sent;
    private int refused;

    Flood(InetSocketAddress proxy, Event.Flood event, Content content, LongAdder sent) {
        this.proxy = proxy;
        datagrams = event.datagrams();
        perSecond = event.perSecond();
        random = new SplittableRandom(event.seed());
        this.content = content;
        this.sent = sent;
    }

    /// An Initial of version 1 as long as the first of a client must be, with random connection IDs
    /// and with nothing in it that a server could decrypt (RFC 9000 section 17.2.2):
    ///
    /// ```
    /// | 0xc3 | 00000001 | 8 | destination ID | 8 | source ID | 0 (no token) | length (2) | random …
    /// ```
    static void initial(ByteBuffer datagram, SplittableRandom random) {
        datagram.put((byte) 0xc3).putInt(1);
        datagram.put((byte) Long.BYTES).putLong(random.nextLong());
        datagram.put((byte) Long.BYTES).putLong(random.nextLong());
        datagram.put((byte) 0);
        int left = INITIAL_BYTES - datagram.position() - Short.BYTES;
        datagram.putShort((short) (0x4000 | left));
        fill(datagram, random, INITIAL_BYTES);
    }

    /// Random octets of random lengths, none included; every second one begins as a long header of
    /// version 1 does, and is cut anywhere.
    static void noise(ByteBuffer datagram, SplittableRandom random) {
        if (random.nextBoolean()) {
            initial(datagram, random);
            datagram.position(random.nextInt(INITIAL_BYTES / 8));
        } else {
            fill(datagram, random, random.nextInt(LONGEST - Long.BYTES));
        }
    }

    private static void fill(ByteBuffer datagram, SplittableRandom random, int end) {
        while (datagram.position() < end) {
            datagram.putLong(random.nextLong());
        }
        datagram.position(end);
    }

    @Override
    public void run() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(LONGEST + Long.BYTES);
        long startNanos = System.nanoTime();
        DatagramChannel socket = null;
        try {
            for (int i = 0; i < datagrams && !Thread.currentThread().isInterrupted(); i++) {
                if (i % DATAGRAMS_A_BATCH == 0) {
                    await(startNanos + (long) (i * 1e9 / perSecond));
                }
                if (i % DATAGRAMS_AN_ADDRESS == 0) {
                    close(socket);
                    socket = open();
                }
                if (socket != null) {
                    content.write(datagram.clear(), random);
                    sent.add(socket.send(datagram.flip(), proxy) >= 0 ? 1 : 0);
                }
            }
        } catch (IOException e) {
            // No more sockets: a flood less, which has nothing to do with Homing. The count says
            // it.
            return;
        } finally {
            close(socket);
        }
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        while (true) {
            try {
                return channel.bind(new InetSocketAddress(stranger(), 0));
            } catch (BindException notThisOne) {
                if (++refused > REFUSED_MAX) {
                    close(channel);
                    throw notThisOne;
                }
            }
        }
    }

    private InetAddress stranger() throws UnknownHostException {
        int address = LOOPBACK | random.nextInt(1 << 16, ADDRESSES - 1);
        return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(address).array());
    }

    private static void close(@Nullable DatagramChannel socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException nothingToLose) {
            return;
        }
    }

    private static void await(long nanos) {
        for (long left = nanos - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
