package dev.homing.bench.load;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramBatch;
import dev.homing.datagram.DatagramPool;
import dev.homing.linux.PageMemory;
import dev.homing.linux.ReadyPoll;
import dev.homing.linux.ReceiveVector;
import dev.homing.linux.SendVector;
import dev.homing.linux.Syscalls;
import dev.homing.linux.UdpSocket;
import org.jspecify.annotations.Nullable;

/// Counts what arrives at a station's sockets, and sends it back if told so. A thread of its own;
/// allocates nothing once it runs.
final class Receiver extends Thread {

    private static final int PATIENCE_MILLIS = 50;

    private final StationSockets sockets;
    private final Arrivals arrivals;
    private final boolean echoes;
    private final boolean knowsBackends;
    private final @Nullable Peers peers;

    private final DatagramPool pool =
            new DatagramPool(new PageMemory(), 2 * DatagramBatch.CAPACITY);
    private final DatagramBatch batch = new DatagramBatch();
    private final ReceiveVector vector;
    private final SendVector answers;
    private final ReadyPoll poll;
    private volatile boolean isStopped;

    /// @param echoes whether each datagram goes back to where it came from
    /// @param knowsBackends whether connection IDs say which socket is theirs
    /// @param peers notes where each flow came from, or null
    Receiver(
            StationSockets sockets,
            Arrivals arrivals,
            boolean echoes,
            boolean knowsBackends,
            @Nullable Peers peers) {
        super("receiver");
        setDaemon(true);
        this.sockets = sockets;
        this.arrivals = arrivals;
        this.echoes = echoes;
        this.knowsBackends = knowsBackends;
        this.peers = peers;
        Syscalls syscalls = new Syscalls();
        vector = new ReceiveVector(syscalls, pool);
        answers = new SendVector(syscalls);
        poll = new ReadyPoll(syscalls, sockets.sockets());
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /// Returns when the thread has ended.
    void finish() throws InterruptedException {
        isStopped = true;
        join();
    }

    @Override
    public void run() {
        int count = sockets.sockets().size();
        while (!isStopped) {
            if (poll.await(PATIENCE_MILLIS) > 0) {
                for (int i = 0; i < count; i++) {
                    if (poll.isReady(i)) {
                        drain(i);
                    }
                }
            }
        }
    }

    private void drain(int index) {
        UdpSocket socket = sockets.sockets().get(index);
        // An ICMP error that is pending comes out as a failed call: the next one receives.
        while (vector.receive(socket, batch) > 0) {
            long now = System.nanoTime();
            for (int i = 0; i < batch.size(); i++) {
                count(batch.get(i), index, now);
            }
            if (echoes) {
                answer(socket);
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).release();
            }
            batch.clear();
        }
    }

    private void count(Datagram datagram, int index, long now) {
        int length = datagram.lengthBytes();
        int step = datagram.segmentBytes() == 0 ? length : datagram.segmentBytes();
        for (int at = 0; at < length && length - at >= Wire.MIN_BYTES; at += step) {
            boolean isWrong = knowsBackends && Wire.serverIdAt(datagram.bytes(), at) != index + 1;
            boolean isOurs =
                    arrivals.count(
                            Wire.sequence(datagram.bytes(), at),
                            Wire.phase(datagram.bytes(), at),
                            now - Wire.dueNanos(datagram.bytes(), at),
                            isWrong);
            if (isOurs && peers != null) {
                peers.note(Wire.flow(datagram.bytes(), at), datagram.peer());
            }
        }
    }

    private void answer(UdpSocket socket) {
        answers.clear();
        for (int i = 0; i < batch.size(); i++) {
            answers.add(batch.get(i), socket);
        }
        for (int done = 0; done < answers.size(); ) {
            done += Math.max(1, answers.send(socket, done));
        }
    }
}
