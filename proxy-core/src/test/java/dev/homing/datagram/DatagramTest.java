package dev.homing.datagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.hash.SipHash;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import dev.homing.kit.Slots;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 0",
        "1200, 0, 1, 1200",
        "1200, 1200, 1, 1200",
        "2400, 1200, 2, 1200",
        "2401, 1200, 3, 1200",
        "65507, 1, 65507, 1",
        "900, 1200, 1, 900"
    })
    void aTrainCountsAsItsSegments(
            int lengthBytes, int segmentBytes, int count, int firstLengthBytes) {
        Datagram datagram = Slots.datagram();
        datagram.setPayload(lengthBytes, segmentBytes, 0);
        assertEquals(count, datagram.count());
        assertEquals(firstLengthBytes, datagram.firstLengthBytes());
    }

    @Test
    void slotsOfAPoolDoNotOverlap() {
        DatagramPool pool = new DatagramPool(new CountingMemory(), 5);
        List<Datagram> slots = new ArrayList<>();
        while (pool.available() > 0) {
            Datagram slot = pool.take();
            assertEquals(Datagram.CAPACITY_BYTES, slot.bytes().byteSize());
            slot.bytes().fill((byte) slots.size());
            slots.add(slot);
        }
        assertEquals(pool.capacity(), slots.size());
        for (int i = 0; i < slots.size(); i++) {
            byte mark = (byte) i;
            MemorySegment marked = MemorySegment.ofArray(new byte[Datagram.CAPACITY_BYTES]);
            assertEquals(-1, slots.get(i).bytes().mismatch(marked.fill(mark)));
        }
    }

    @Test
    void theSlotUsedLastIsUsedFirst() {
        DatagramPool pool = new DatagramPool(new CountingMemory(), 3);
        Datagram first = pool.take();
        Datagram second = pool.take();
        assertNotSame(first, second);
        first.release();
        assertEquals(2, pool.available());
        assertSame(first, pool.take());
        first.release();
        second.release();
        assertEquals(3, pool.available());
    }

    @Test
    void tellsIpv4FromIpv6() {
        Address address = new Address();
        assertFalse(address.isSpecified());
        address.setIpv4(0xc0000201, 443);
        assertTrue(address.isIpv4());
        assertTrue(address.isSpecified());
        assertEquals(0xc0000201, address.ipv4());
        address.setIpv4(0xfffffffe, 443);
        assertEquals(0, address.high());
        assertEquals(0x0000_ffff_ffff_fffeL, address.low());
        assertTrue(address.isIpv4());
        address.set(0x20010db800000000L, 0x0000_ffff_c000_0201L, 443, 0);
        assertFalse(address.isIpv4());
        address.set(0, 1, 443, 3); // ::1
        assertFalse(address.isIpv4());
        assertEquals(3, address.scope());
        address.clear();
        assertFalse(address.isSpecified());
        assertEquals(0, address.port());
    }

    @Test
    void theFlowIsTheClientsAddressAndPortAndWhereItWritesTo() {
        FlowHash hash = new FlowHash(new SipHash(1, 2));
        Set<Long> hashes = new HashSet<>();
        Datagram datagram = Slots.datagram();
        hashes.add(hash.of(datagram));
        datagram.peer().set(1, 0, 0, 0);
        hashes.add(hash.of(datagram));
        datagram.peer().set(0, 1, 0, 0);
        hashes.add(hash.of(datagram));
        datagram.peer().set(0, 0, 1, 0);
        hashes.add(hash.of(datagram));
        datagram.peer().clear();
        datagram.local().set(1, 0, 0, 0);
        hashes.add(hash.of(datagram));
        datagram.local().set(0, 1, 0, 0);
        hashes.add(hash.of(datagram));
        datagram.local().clear();
        datagram.setListener(1);
        hashes.add(hash.of(datagram));
        assertEquals(7, hashes.size());

        long before = hash.of(datagram);
        datagram.local().set(0, 0, 4433, 0); // a local port is the socket's, not the datagram's
        assertEquals(before, hash.of(datagram));
        assertNotEquals(before, new FlowHash(new SipHash(2, 2)).of(datagram));
    }

    @Test
    void flowsSpreadEvenlyOverShards() {
        int[] flows = new int[7];
        FlowHash hash =
                new FlowHash(new SipHash(seeded.random().nextLong(), seeded.random().nextLong()));
        Datagram datagram = Slots.datagram();
        for (int port = 1; port <= 0xffff; port++) {
            datagram.peer().setIpv4(0x0a000001, port);
            flows[FlowHash.shard(hash.of(datagram), flows.length)]++;
        }
        for (int count : flows) {
            assertTrue(Math.abs(count - 0xffff / 7) < 700, "flows of a shard: " + count);
        }
    }
}
