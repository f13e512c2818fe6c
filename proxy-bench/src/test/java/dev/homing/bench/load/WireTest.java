package dev.homing.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

final class WireTest {

    private final MemorySegment bytes = Arena.ofAuto().allocate(200);

    @Test
    void whatWasWrittenIsRead() {
        Wire.write(bytes, 100, Wire.connectionId(5), 123_456_789_012L, 77, 3, 5);

        assertEquals(123_456_789_012L, Wire.dueNanos(bytes, 100));
        assertEquals(77, Wire.sequence(bytes, 100));
        assertEquals(3, Wire.phase(bytes, 100));
        assertEquals(5, Wire.flow(bytes, 100));
    }

    @Test
    void theHeaderIsThatOfTheGeneratorInC() {
        Wire.write(bytes, 0, Wire.connectionId(5), 1, 2, 3, 5);

        assertEquals(0x40, bytes.get(ValueLayout.JAVA_BYTE, 0));
        long connectionId =
                bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 1);
        assertEquals(0xB54C_DA58_FBBE_E87EL, connectionId);
    }

    @Test
    void aConnectionIdNamesItsServer() {
        for (int flow = 0; flow < 10; flow++) {
            Wire.write(bytes, 0, Wire.quicLbConnectionId(flow), 1, 2, 3, flow);

            assertEquals(Wire.serverId(flow), Wire.serverIdAt(bytes, 0));
            int rotation = bytes.get(ValueLayout.JAVA_BYTE, 1) >>> 5 & 0b111;
            assertEquals(0, rotation, "config-rotation-bits");
        }
    }
}
