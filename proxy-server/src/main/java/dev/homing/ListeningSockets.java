package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.linux.UdpSocket;
import java.util.ArrayList;
import java.util.List;

/// The sockets that clients send to: of each listening address one for each thread that receives.
///
/// Opened, and closed after all loops have stopped, by the wiring thread.
final class ListeningSockets implements AutoCloseable {

    /// By listener, then by receiving thread.
    private final List<List<UdpSocket>> sockets = new ArrayList<>();

    /// Opens all, or none.
    ///
    /// @param threads how many receive
    /// @throws BrokenMachine if the machine does not let it
    static ListeningSockets open(Configuration configuration, int threads, SocketWishes wishes) {
        ListeningSockets opened = new ListeningSockets();
        try {
            for (Configuration.Listener listener : configuration.listeners()) {
                List<UdpSocket> ofListener =
                        UdpSocket.listen(listener.address(), threads, wishes.buffers());
                opened.sockets.add(ofListener);
                ofListener.forEach(wishes::apply);
            }
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /// By listener, then by receiving thread.
    List<List<UdpSocket>> all() {
        return List.copyOf(sockets);
    }

    int listeners() {
        return sockets.size();
    }

    UdpSocket of(int listener, int thread) {
        return sockets.get(listener).get(thread);
    }

    /// The sockets that a shard answers clients through, by listener: those of its own thread, or
    /// of a receiver that it shares with as few other shards as possible.
    List<UdpSocket> answering(int shard) {
        return sockets.stream()
                .map(ofListener -> ofListener.get(shard % ofListener.size()))
                .toList();
    }

    @Override
    public void close() {
        sockets.forEach(ofListener -> ofListener.forEach(UdpSocket::close));
    }
}
