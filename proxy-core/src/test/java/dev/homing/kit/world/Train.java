package dev.homing.kit.world;

import dev.homing.datagram.Datagram;
import dev.homing.kit.Place;
import dev.homing.kit.Slots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Flights in one slot, as the kernel joins and splits them (UDP_GRO, UDP_SEGMENT).
final class Train {

    private final List<Flight> flights = new ArrayList<>();

    Train(Flight first) {
        flights.add(first);
    }

    /// Of one length, but for the last; the kernel does not ask whose they are.
    boolean takes(Flight next) {
        Flight first = flights.getFirst();
        return first.payload().length > 0
                && next.payload().length > 0
                && flights.getLast().payload().length == first.payload().length
                && next.payload().length <= first.payload().length
                && first.ecn() == next.ecn();
    }

    void add(Flight next) {
        flights.add(next);
    }

    List<Flight> flights() {
        return flights;
    }

    /// Puts all of it into a slot: payload, sender and the address that it was sent to.
    void write(Datagram datagram) {
        Flight first = flights.getFirst();
        byte[] payload = new byte[flights.stream().mapToInt(next -> next.payload().length).sum()];
        int length = 0;
        for (Flight next : flights) {
            System.arraycopy(next.payload(), 0, payload, length, next.payload().length);
            length += next.payload().length;
        }
        int segment = flights.size() == 1 ? 0 : first.payload().length;
        Slots.fillTrain(datagram, segment, payload);
        datagram.setPayload(length, segment, first.ecn());
        first.from().write(datagram.peer());
        first.to().write(datagram.local());
    }

    /// The datagrams of a slot that leaves for its peer.
    static List<Flight> split(Datagram datagram, Place from) {
        byte[] payload = Slots.payload(datagram);
        Place to = Place.of(datagram.peer());
        int segment = datagram.firstLengthBytes();
        List<Flight> flights = new ArrayList<>();
        for (int at = 0; at < payload.length; at += segment) {
            byte[] one = Arrays.copyOfRange(payload, at, Math.min(at + segment, payload.length));
            flights.add(new Flight(from, to, one, datagram.ecn()));
        }
        return flights;
    }
}
