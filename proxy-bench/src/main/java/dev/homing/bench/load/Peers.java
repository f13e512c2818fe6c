package dev.homing.bench.load;

import dev.homing.datagram.Address;
import java.util.Arrays;

/// Where each flow's datagrams came from last: where a backend answers to.
///
/// Written by the receiving thread; read by the sending one after the receiving one was stopped.
final class Peers {

    private static final int PORT_BITS = 16;

    /// IPv4 address and port in one word, 0 for a flow that was not seen.
    private final long[] places;

    private int seen;

    Peers(int flows) {
        places = new long[flows];
    }

    void note(int flow, Address peer) {
        if (flow >= 0 && flow < places.length) {
            if (places[flow] == 0) {
                seen++;
            }
            places[flow] = (long) peer.ipv4() << PORT_BITS | peer.port();
        }
    }

    boolean knows(int flow) {
        return places[flow] != 0;
    }

    void copyTo(int flow, Address peer) {
        long place = places[flow];
        peer.setIpv4((int) (place >> PORT_BITS), (int) (place & 0xffff));
    }

    /// How many flows were seen.
    int seen() {
        return seen;
    }

    int flows() {
        return places.length;
    }

    /// All flows at one place: a forwarder that knows no flows.
    void fill(int ipv4, int port) {
        Arrays.fill(places, (long) ipv4 << PORT_BITS | port);
        seen = places.length;
    }
}
