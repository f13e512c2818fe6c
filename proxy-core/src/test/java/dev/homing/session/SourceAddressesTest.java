package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourceAddressesTest {

    private static final long DOCUMENTATION = 0x20010db8_00000000L;

    private final Address address = new Address();

    @Test
    void anyIsOneAddressThatTheKernelChooses() {
        assertSame(SourceAddresses.ANY, SourceAddresses.of());
        assertEquals(1, SourceAddresses.ANY.count());
        assertFalse(SourceAddresses.ANY.areChosen());
        address.setIpv4(0x0a000001, 9);
        assertEquals(0, SourceAddresses.ANY.numberOf(address));
        SourceAddresses.ANY.read(0, address);
        assertFalse(address.isSpecified());
    }

    @Test
    void numbersTheAddressesOfAllBlocks() {
        SourceAddresses addresses =
                SourceAddresses.of(
                        new SourceAddresses.Block(0, Address.mapped(0x7f000001), 3),
                        new SourceAddresses.Block(0, Address.mapped(0xfffffff0), 16),
                        new SourceAddresses.Block(DOCUMENTATION, 0xffffffff_fffffff0L, 10),
                        new SourceAddresses.Block(DOCUMENTATION, 0, 1));
        assertEquals(30, addresses.count());
        assertTrue(addresses.areChosen());
        Set<List<Long>> seen = new HashSet<>();
        for (int number = 0; number < addresses.count(); number++) {
            addresses.read(number, address);
            assertEquals(number, addresses.numberOf(address));
            assertTrue(seen.add(List.of(address.high(), address.low())));
        }
    }

    @Test
    void anAddressBesideTheBlocksHasNoNumber() {
        SourceAddresses addresses =
                SourceAddresses.of(
                        new SourceAddresses.Block(0, Address.mapped(0x0ac80000), 256),
                        new SourceAddresses.Block(DOCUMENTATION, 16, 16));
        for (int ipv4 : new int[] {0x0ac7ffff, 0x0ac80100, 0, -1}) {
            address.setIpv4(ipv4, 0);
            assertEquals(SourceAddresses.UNKNOWN, addresses.numberOf(address));
        }
        for (long low : new long[] {15, 32, -1, Long.MIN_VALUE}) {
            address.set(DOCUMENTATION, low, 0, 0);
            assertEquals(SourceAddresses.UNKNOWN, addresses.numberOf(address));
        }
        address.set(DOCUMENTATION + 1, 16, 0, 0);
        assertEquals(SourceAddresses.UNKNOWN, addresses.numberOf(address));
        address.clear();
        assertEquals(SourceAddresses.UNKNOWN, addresses.numberOf(address));
    }
}
