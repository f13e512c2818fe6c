package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IpTextTest {

    // The examples of RFC 5952 sections 4 and 5.
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::ABCD, 2001:db8::abcd",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:0:0:2:3:4:5:0, 1::2:3:4:5:0",
        "127.0.0.1, 127.0.0.1",
        "::ffff:10.0.0.1, 10.0.0.1",
    })
    void printsAddressesInTheShortestForm(String text, String printed) {
        InetAddress address = IpText.literal(text).orElseThrow();

        assertEquals(printed, IpText.print(address));
        assertEquals(Optional.of(address), IpText.literal(printed));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost",
        "127.1",
        "1",
        "010.0.0.1",
        "1.2.3.4.5",
        "1.2.3.256",
        "''",
        ":",
        "[::1]",
        "::g"
    })
    void takesNothingElseForAnAddress(String text) {
        assertEquals(Optional.empty(), IpText.literal(text));
    }

    @Test
    void printsAddressesWithPorts() {
        assertEquals(
                "127.0.0.1:443",
                IpText.print(
                        new InetSocketAddress(IpText.literal("127.0.0.1").orElseThrow(), 443)));
        assertEquals(
                "[::1]:443",
                IpText.print(new InetSocketAddress(IpText.literal("::1").orElseThrow(), 443)));
    }
}
