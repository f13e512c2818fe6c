package dev.homing.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.homing.linux.BrokenMachine;
import dev.homing.linux.Loopback;
import dev.homing.linux.UdpSocket;
import dev.homing.quic.IgnoredPorts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackendPortSetTest {

    private static final int MEMCACHED = 11211;

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 17, 19, 53, 111, 123, 137, 138, 161, 389, 500, 1900, 3702, 5353, 5355, 11211
            })
    void knowsThePortsThatServersIgnore(int port) {
        assertTrue(IgnoredPorts.contains(port));
        assertFalse(IgnoredPorts.contains(port + 32768));
    }

    @Test
    void opensAgainWhenThePortIsOneThatServersIgnore() {
        List<UdpSocket> opened = new ArrayList<>();

        UdpSocket usable =
                BackendPortSet.openUsable(() -> {
                    opened.add(opened.size() < 3 ? ignored() : Loopback.open("127.0.0.1"));
                    return opened.getLast();
                });

        assertEquals(4, opened.size());
        assertEquals(opened.getLast(), usable);
        usable.close();
        ignored().close(); // the port is free: those that were not usable are closed
    }

    @Test
    void givesUpWhenThereAreNoOtherPorts() {
        BrokenMachine thrown =
                assertThrows(
                        BrokenMachine.class,
                        () -> BackendPortSet.openUsable(BackendPortSetTest::ignored));

        assertTrue(thrown.getMessage().contains("net.ipv4.ip_local_port_range"));
    }

    private static UdpSocket ignored() {
        try {
            return UdpSocket.listen(Loopback.at("127.0.0.1", MEMCACHED), 1, Loopback.BUFFERS)
                    .getFirst();
        } catch (BrokenMachine e) {
            assumeTrue(false, "port " + MEMCACHED + " is in use here");
            throw e;
        }
    }
}
