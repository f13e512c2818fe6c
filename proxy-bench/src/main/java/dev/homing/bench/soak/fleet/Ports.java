package dev.homing.bench.soak.fleet;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Ports of the loopback address that stay free while their owner is down: below those that the
/// kernel gives to whoever asks for any (`net.ipv4.ip_local_port_range` begins at 32768).
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;

    /// Other runs on this machine begin elsewhere.
    private int next = (int) (ProcessHandle.current().pid() * 97 % COUNT);

    /// A port that neither UDP nor TCP has.
    public int take() throws IOException {
        for (int tries = 0; tries < COUNT; tries++) {
            next = (next + 1) % COUNT;
            if (isFree(FIRST + next)) {
                return FIRST + next;
            }
        }
        throw new IOException("no port is free between %d and %d".formatted(FIRST, FIRST + COUNT));
    }

    private static boolean isFree(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket datagrams = new DatagramSocket(null);
                ServerSocket streams = new ServerSocket()) {
            datagrams.bind(new InetSocketAddress(loopback, port));
            streams.bind(new InetSocketAddress(loopback, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
