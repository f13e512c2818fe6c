package dev.homing.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.control.config.value.IpText;
import dev.homing.linux.BrokenMachine;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ListenersTest {

    private static final int INITIAL_BYTES = 1200;

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:0, 127.0.0.1, 127.0.0.1",
        "0.0.0.0:0, 127.7.7.7, 127.0.0.1",
        "'[::]:0', 127.7.7.7, 127.0.0.1",
        "'[::]:0', ::1, 127.0.0.1",
        "'[::]:0', ::1, ::1",
        "'[::]:0', 127.7.7.7, ::1",
        "'[::1]:0', ::1, ::1",
        "'[::1]:0', ::1, 127.0.0.1",
        "127.0.0.9:0, 127.0.0.9, ::1",
    })
    void answersFromTheAddressThatTheClientWroteTo(String listen, String writtenTo, String backend)
            throws IOException {
        for (Shape shape : Shape.values()) {
            try (Echo echo = new Echo(backend);
                    Homing homing =
                            Homing.with()
                                    .shape(shape)
                                    .listen(listen)
                                    .backend("a", echo.address())
                                    .start();
                    Client client = new Client(writtenTo.contains(":") ? "::1" : "127.0.0.1")) {
                InetSocketAddress address =
                        new InetSocketAddress(writtenTo, homing.address().getPort());
                assertTrue(
                        client.isEchoed(Client.initial(1, 2, INITIAL_BYTES), address),
                        () -> shape + "\n" + homing.account());
                homing.assertBooksBalance();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListenerForwardsToItsOwnPool(Shape shape) throws IOException {
        try (Echo blue = new Echo("127.0.0.1");
                Echo green = new Echo("::1");
                Homing homing =
                        Homing.with()
                                .shape(shape)
                                .set("listeners.0.address", "127.0.0.1:0")
                                .set("listeners.0.pool", "blue")
                                .set("listeners.1.address", "[::1]:0")
                                .set("listeners.1.pool", "green")
                                .set("pools.blue.backends.0.address", address(blue))
                                .set("pools.green.backends.0.address", address(green))
                                .set("pools.blue.health.probe", "always-up")
                                .set("pools.green.health.probe", "always-up")
                                .start();
                Client ipv4 = new Client("127.0.0.1");
                Client ipv6 = new Client("::1")) {
            assertTrue(
                    ipv4.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address(0)),
                    homing::account);
            assertTrue(
                    ipv6.isEchoed(Client.initial(1, 2, INITIAL_BYTES), homing.address(1)),
                    homing::account);
            assertEquals(1, blue.received());
            assertEquals(1, green.received());
            homing.assertBooksBalance();
        }
    }

    private static String address(Echo echo) {
        return IpText.print(echo.address());
    }

    @Test
    void saysWhoHasThePortWhenItIsTaken() throws IOException {
        try (Echo echo = new Echo("127.0.0.1");
                Homing first = Homing.with().backend("a", echo.address()).start()) {
            Homing.Setup second =
                    Homing.with()
                            .listen("127.0.0.1:" + first.address().getPort())
                            .backend("a", echo.address());
            BrokenMachine refused = assertThrows(BrokenMachine.class, second::start);
            String sentence = refused.getMessage();
            assertTrue(sentence.contains("127.0.0.1:" + first.address().getPort()), sentence);
            assertTrue(sentence.contains("EADDRINUSE"), sentence);
            assertTrue(sentence.contains("ss -"), sentence);
        }
    }

    @Test
    void saysThatAnAddressIsNotOnThisMachine() throws IOException {
        try (Echo echo = new Echo("127.0.0.1")) {
            Homing.Setup setup =
                    Homing.with().listen("192.0.2.1:4433").backend("a", echo.address());
            String sentence = assertThrows(BrokenMachine.class, setup::start).getMessage();
            assertTrue(sentence.contains("192.0.2.1:4433"), sentence);
            assertTrue(sentence.contains("EADDRNOTAVAIL"), sentence);
        }
    }
}
