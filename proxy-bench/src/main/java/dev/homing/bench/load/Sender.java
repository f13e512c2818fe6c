package dev.homing.bench.load;

import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.linux.PageMemory;
import dev.homing.linux.SendVector;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Sends datagrams as a schedule says. One thread; allocates nothing once it runs.
final class Sender {

    /// First address that a client of [Pattern#ADDRESSES] and [Pattern#MIGRATING] has: 127.16.0.0.
    private static final int FIRST_ADDRESS = 127 << 24 | 16 << 16;

    /// Each socket steps through its addresses by this many, so that neighbours in time are none in
    /// a table.
    private static final int STRIDE = 7919;

    private static final int LOOPBACK = 127 << 24 | 1;
    private static final int MIGRATION_ADDRESSES = 4096;
    private static final long START_DELAY_NANOS = 2_000_000;

    private final StationSockets sockets;
    private final SendVector vector = new SendVector(new Syscalls());
    private final Datagram[] slots = new Datagram[SendVector.CAPACITY];

    private long sent;
    private long refused;
    private long latestNanos;

    /// @param sentDatagrams how many left, which are those with the lowest sequence numbers
    /// @param refused how many the kernel did not take
    /// @param seconds from the first to the last
    /// @param latestNanos how late the latest burst was: above a few milliseconds, this machine
    ///   could not keep the schedule
    record Sent(long sentDatagrams, long refused, double seconds, long latestNanos) {}

    Sender(StationSockets sockets) {
        this.sockets = sockets;
        DatagramPool pool = new DatagramPool(new PageMemory(), slots.length);
        for (int i = 0; i < slots.length; i++) {
            slots[i] = pool.take();
        }
    }

    /// @param patienceSeconds how late the last burst may be; what is later is not sent
    /// @param port where to, on the loopback address, unless peers are given
    /// @param peers where each flow's datagrams go instead, or null
    Sent send(Traffic traffic, int phase, double patienceSeconds, int port, @Nullable Peers peers) {
        sent = 0;
        refused = 0;
        latestNanos = 0;
        long start = System.nanoTime() + START_DELAY_NANOS;
        RateSchedule schedule = new RateSchedule(start, traffic.rate(), traffic.burstDatagrams());
        long bursts = traffic.bursts();
        long giveUp = start + (long) ((traffic.seconds() + patienceSeconds) * 1e9);
        long now = start;
        for (long i = 0; i < bursts; i++) {
            long due = schedule.dueNanos(i);
            now = await(due);
            if (now > giveUp) {
                break;
            }
            latestNanos = Math.max(latestNanos, now - due);
            if (peers == null) {
                prepare(traffic, phase, i, due, port);
                transmit(sockets.sockets().get((int) (i % sockets.sockets().size())));
            } else {
                int flow = prepareReturn(traffic, phase, i, due, peers);
                transmit(sockets.sockets().get(flow % sockets.sockets().size()));
            }
        }
        return new Sent(sent, refused, Math.max(1, now - start) / 1e9, latestNanos);
    }

    private static long await(long due) {
        long now = System.nanoTime();
        while (now < due) {
            LockSupport.parkNanos(due - now);
            now = System.nanoTime();
        }
        return now;
    }

    private void prepare(Traffic traffic, int phase, long burst, long due, int port) {
        int count = sockets.sockets().size();
        int socket = (int) (burst % count);
        long ofSocket = burst / count;
        vector.clear();
        for (int i = 0; i < traffic.burst(); i++) {
            Datagram datagram = slots[i];
            datagram.peer().setIpv4(LOOPBACK, port);
            int flow = socket;
            switch (traffic.pattern()) {
                case SOCKETS -> datagram.local().clear();
                case ADDRESSES -> {
                    long address = (ofSocket * traffic.burst() + i) * STRIDE % traffic.addresses();
                    datagram.local().setIpv4(FIRST_ADDRESS + (int) address, 0);
                    flow = socket + count * (int) address;
                }
                case MIGRATING -> {
                    long moves = ofSocket / traffic.moveEvery();
                    datagram.local()
                            .setIpv4(FIRST_ADDRESS + (int) (moves % MIGRATION_ADDRESSES), 0);
                }
            }
            fill(
                    datagram,
                    traffic,
                    phase,
                    (burst * traffic.burst() + i) * traffic.train(),
                    due,
                    flow);
            vector.add(datagram, sockets.sockets().get(socket));
        }
    }

    /// @return the flow
    private int prepareReturn(Traffic traffic, int phase, long burst, long due, Peers peers) {
        int flow = (int) (burst * STRIDE % peers.flows());
        vector.clear();
        for (int i = 0; i < traffic.burst(); i++) {
            Datagram datagram = slots[i];
            Address peer = datagram.peer();
            peers.copyTo(flow, peer);
            datagram.local().clear();
            fill(
                    datagram,
                    traffic,
                    phase,
                    (burst * traffic.burst() + i) * traffic.train(),
                    due,
                    flow);
            vector.add(datagram, sockets.sockets().get(flow % sockets.sockets().size()));
        }
        return flow;
    }

    private static void fill(
            Datagram datagram, Traffic traffic, int phase, long sequence, long due, int flow) {
        int size = traffic.sizeBytes();
        int train = traffic.train();
        long connectionId =
                traffic.pattern() == Pattern.MIGRATING
                        ? Wire.quicLbConnectionId(flow)
                        : Wire.connectionId(flow);
        for (int k = 0; k < train; k++) {
            Wire.write(
                    datagram.bytes(),
                    (long) k * size,
                    connectionId,
                    due,
                    sequence + k,
                    phase,
                    flow);
        }
        datagram.setPayload(size * train, train > 1 ? size : 0, 0);
    }

    /// What the kernel refuses is given up.
    private void transmit(UdpSocket socket) {
        int done = 0;
        while (done < vector.size()) {
            int result = vector.send(socket, done);
            int next = done + Math.max(1, result);
            for (; done < next; done++) {
                int count = slots[done].count();
                sent += result > 0 ? count : 0;
                refused += result > 0 ? 0 : count;
            }
        }
    }
}
