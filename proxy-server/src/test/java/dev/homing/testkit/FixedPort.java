package dev.homing.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/// Ports for servers that end and start again. The kernel gives none of them to a socket that does
/// not name it (sysctl net.ipv4.ip_local_port_range begins at 32768), so nobody takes one
/// meanwhile.
public final class FixedPort {

    private static final int FIRST = 20_000;
    private static final int LAST = 30_000;
    private static final int ATTEMPTS = 100;

    private FixedPort() {}

    /// An address with such a port, which is free now.
    public static InetSocketAddress at(String ip) throws IOException {
        SplittableRandom random = new SplittableRandom();
        for (int i = 0; i < ATTEMPTS; i++) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.ofLiteral(ip), random.nextInt(FIRST, LAST));
            try (DatagramSocket socket = new DatagramSocket(address)) {
                return (InetSocketAddress) socket.getLocalSocketAddress();
            } catch (BindException e) {
                continue; // somebody has it
            }
        }
        throw new IOException("no free port from " + FIRST + " to " + LAST);
    }
}
