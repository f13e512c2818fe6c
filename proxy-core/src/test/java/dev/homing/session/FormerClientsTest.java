package dev.homing.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.datagram.Address;
import dev.homing.hash.SipHash;
import dev.homing.kit.CountingMemory;
import dev.homing.kit.Seeded;
import dev.homing.ledger.Migration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormerClientsTest {

    @RegisterExtension final Seeded seeded = new Seeded();

    private final FormerClients clients =
            new FormerClients(
                    new CountingMemory(),
                    new SipHash(seeded.random().nextLong(), seeded.random().nextLong()));

    private static Address at(int ipv4, int port) {
        Address address = new Address();
        address.setIpv4(ipv4, port);
        return address;
    }

    @Test
    void tellsWhatHasChangedAboutAClient() {
        assertEquals(Migration.ADDRESS, clients.kindOf(at(7, 5000), 3));
        clients.add(at(7, 5000), 3);
        assertNull(clients.kindOf(at(7, 5000), 3), "nothing");
        assertEquals(Migration.PORT, clients.kindOf(at(7, 5001), 3));
        assertEquals(Migration.ADDRESS, clients.kindOf(at(8, 5000), 3));
        assertEquals(Migration.ADDRESS, clients.kindOf(at(7, 5000), 4), "another backend's");
    }

    @Test
    void remembersMostOfAHundredThousandSessions() {
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            clients.add(at(i, 5000), i % 20);
        }
        int remembered = 0;
        for (int i = 0; i < count; i++) {
            remembered += clients.kindOf(at(i, 5001), i % 20) == Migration.PORT ? 1 : 0;
            assertEquals(Migration.ADDRESS, clients.kindOf(at(count + i, 5000), i % 20));
        }
        assertTrue(remembered > count / 4 * 3, "remembered " + remembered);
    }
}
