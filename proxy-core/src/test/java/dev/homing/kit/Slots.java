package dev.homing.kit;

import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Puts octets into slots, and takes them out.
public final class Slots {

    private Slots() {}

    /// A single datagram in a slot of its own, whose pool nobody keeps.
    public static Datagram datagram(byte... payload) {
        Datagram datagram = new DatagramPool(new CountingMemory(), 1).take();
        fill(datagram, payload);
        return datagram;
    }

    public static void fill(Datagram datagram, byte... payload) {
        fillTrain(datagram, 0, payload);
    }

    /// @param segmentBytes 0 for a single datagram
    public static void fillTrain(Datagram datagram, int segmentBytes, byte... payload) {
        MemorySegment.copy(payload, 0, datagram.bytes(), ValueLayout.JAVA_BYTE, 0, payload.length);
        datagram.setPayload(payload.length, segmentBytes, 0);
    }

    public static byte[] payload(Datagram datagram) {
        return datagram.bytes().asSlice(0, datagram.lengthBytes()).toArray(ValueLayout.JAVA_BYTE);
    }
}
