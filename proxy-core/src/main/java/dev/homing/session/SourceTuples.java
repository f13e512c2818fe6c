package dev.homing.session;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Gives each session its source tuple: a backend port and a source address that no other session
/// toward the same backend has. Toward another backend the same tuple is used again, so the number
/// of sockets does not grow with the number of backends.
///
/// ```
/// tuple number of one backend     0        1        ...  A-1      A        A+1      ...
/// (backend port, source address)  (p0,a0)  (p0,a1)  ...  (p0,aA)  (p1,a0)  (p1,a1)  ...      A source addresses
/// ```
///
/// A tuple that was released rests for a while before it is used again, so that a late datagram of
/// its old session does not reach the new one's client. New ports are opened only when nothing
/// rested is left. Owned by one shard.
final class SourceTuples {

    /// No tuple is left.
    static final long NONE = -1;

    /// Longer than a datagram stays in the network, and than a server's last retransmissions take.
    private static final int REST_SECONDS = 30;

    private final BackendPorts ports;
    private final Family ipv4;
    private final Family ipv6;
    private final BitSet ipv4Ports = new BitSet();

    SourceTuples(BackendPorts ports, SourceAddresses ipv4, SourceAddresses ipv6) {
        this.ports = ports;
        RestingTuples.Store store = new RestingTuples.Store();
        this.ipv4 = new Family(ipv4, store);
        this.ipv6 = new Family(ipv6, store);
    }

    SourceAddresses addresses(boolean isIpv4) {
        return isIpv4 ? ipv4.addresses : ipv6.addresses;
    }

    /// A tuple toward a backend, as [#tuple], or [#NONE].
    long take(int backend, boolean isIpv4, int nowSeconds) {
        Family family = isIpv4 ? ipv4 : ipv6;
        Tuples tuples = family.of(backend);
        if (tuples.resting.hasRested(nowSeconds, REST_SECONDS)) {
            return tuples.resting.take();
        }
        if (tuples.fresh == family.tupleCount() && !open(family, isIpv4)) {
            return tuples.resting.take();
        }
        return family.tuple(tuples.fresh++);
    }

    void release(int backend, long tuple, int nowSeconds) {
        Family family = ipv4Ports.get(port(tuple)) ? ipv4 : ipv6;
        family.of(backend).resting.add(tuple, nowSeconds);
    }

    private boolean open(Family family, boolean isIpv4) {
        int port = ports.open(isIpv4);
        if (port == BackendPorts.NONE) {
            return false;
        }
        family.add(port);
        ipv4Ports.set(port, isIpv4);
        return true;
    }

    static long tuple(int port, int address) {
        return (long) port << 32 | address;
    }

    static int port(long tuple) {
        return (int) (tuple >>> 32);
    }

    static int address(long tuple) {
        return (int) tuple;
    }

    /// Ports and addresses of one IP family.
    private static final class Family {

        /// Ports are listed in pieces of so many, so that no new one has a million others copied.
        private static final int PIECE_PORTS = 1024;

        final SourceAddresses addresses;
        private final RestingTuples.Store store;
        private @Nullable Tuples[] byBackend = new @Nullable Tuples[16];
        private int[][] ports = new int[1][PIECE_PORTS];
        private int portCount;

        Family(SourceAddresses addresses, RestingTuples.Store store) {
            this.addresses = addresses;
            this.store = store;
        }

        /// Backend ids are below [Backend#MAX_COUNT], so there is never much to copy: 32 KiB at
        /// most.
        Tuples of(int backend) {
            if (backend >= byBackend.length) {
                byBackend = Arrays.copyOf(byBackend, Integer.highestOneBit(backend) << 1);
            }
            Tuples tuples = byBackend[backend];
            if (tuples == null) {
                tuples = new Tuples(store);
                byBackend[backend] = tuples;
            }
            return tuples;
        }

        void add(int port) {
            int piece = portCount / PIECE_PORTS;
            if (piece == ports.length) {
                ports = Arrays.copyOf(ports, piece + 1);
                ports[piece] = new int[PIECE_PORTS];
            }
            ports[piece][portCount++ % PIECE_PORTS] = port;
        }

        long tupleCount() {
            return (long) portCount * addresses.count();
        }

        long tuple(long number) {
            int port = (int) (number / addresses.count());
            return SourceTuples.tuple(
                    ports[port / PIECE_PORTS][port % PIECE_PORTS],
                    (int) (number % addresses.count()));
        }
    }

    /// What one backend has used: the numbers below `fresh`, of which the resting ones are free
    /// again.
    private static final class Tuples {

        final RestingTuples resting;
        long fresh;

        Tuples(RestingTuples.Store store) {
            resting = new RestingTuples(store);
        }
    }
}
