package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressesTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:4433, 0.0.0.0, 4433, 4433",
        "127.0.0.1:4433, 127.0.0.1, 4433, 4433",
        "*:4433, '::', 4433, 4433",
        ":4433, '::', 4433, 4433",
        "[::]:443, '::', 443, 443",
        "[::1]:4433, '::1', 4433, 4433",
        "[2001:db8::1]:65535, '2001:db8::1', 65535, 65535",
        "0.0.0.0:4433-4436, 0.0.0.0, 4433, 4436",
        "[::]:4433-4496, '::', 4433, 4496",
        "127.0.0.1:0, 127.0.0.1, 0, 0",
        "web.example:4433, web.example, 4433, 4433",
        "web_1:4433, web_1, 4433, 4433",
        "web.example.:4433, web.example., 4433, 4433",
        "localhost:1, localhost, 1, 1",
    })
    void understandsListenerAddresses(String text, String host, int first, int last) {
        assertEquals(
                new AddressText(text, host, first, last), Read.good(Addresses.listener(), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty. Give an address with a port, for example 10.0.0.1:4433.",
                "4433 | \"4433\" is a port without an address. Write :4433 for all addresses, or ADDRESS:4433.",
                "10.0.0.1 | \"10.0.0.1\" has no port. Give a port: 10.0.0.1:4433.",
                "web | \"web\" has no port. Give a port: web:4433.",
                "10.0.0.1: | \"10.0.0.1:\" has no port. Give a port: 10.0.0.1:4433.",
                "[::1] | \"[::1]\" has no port. Give a port: [::1]:4433.",
                "[::1]4433 | \"[::1]4433\" has no port. Give a port: [::1]:4433.",
                "[::1]: | \"[::1]:\" has no port. Give a port: [::1]:4433.",
                "[::1:4433 | \"[::1:4433\" has no closing bracket. Write [ADDRESS]:PORT, for example [::1]:4433.",
                "[]:1 | \"\" is not an IPv6 address. Brackets go around IPv6 addresses: [ADDRESS]:PORT, for example [::1]:4433.",
                "[10.0.0.1]:1 | \"10.0.0.1\" is not an IPv6 address. Brackets go around IPv6 addresses: [ADDRESS]:PORT, for example [::1]:4433.",
                "[fe80::1%nosuch0]:1 | \"fe80::1%nosuch0\" is not an IPv6 address with an interface of this machine. Brackets go around IPv6 addresses: [ADDRESS]:PORT, for example [::1]:4433.",
                "::1:4433 | \"::1:4433\" is an IPv6 address without brackets. Write [::1]:4433.",
                ":::4433 | \":::4433\" is an IPv6 address without brackets. Write [::]:4433.",
                "2001:db8::1:443 | \"2001:db8::1:443\" is an IPv6 address without brackets. Write [2001:db8::1]:443.",
                "2001:db8::beef:cafe | \"2001:db8::beef:cafe\" is an IPv6 address without brackets and port. Write [2001:db8::beef:cafe]:4433.",
                "a:b:c | \"a:b:c\" is not an address. Write HOST:PORT, or [ADDRESS]:PORT for IPv6.",
                "udp://10.0.0.1:4433 | \"udp://10.0.0.1:4433\" is a URL. Leave out \"udp://\": write HOST:PORT.",
                "10.0.0.256:1 | \"10.0.0.256\" is not an IPv4 address. Write four numbers from 0 to 255 without leading zeros, for example 10.0.0.1.",
                "10.0.1:1 | \"10.0.1\" is not an IPv4 address. Write four numbers from 0 to 255 without leading zeros, for example 10.0.0.1.",
                "010.0.0.1:1 | \"010.0.0.1\" is not an IPv4 address. Write four numbers from 0 to 255 without leading zeros, for example 10.0.0.1.",
                "we b:1 | \"we b\" is neither an IP address nor a host name. Write HOST:PORT, for example 10.0.0.1:4433.",
                "web..example:1 | \"web..example\" is neither an IP address nor a host name. Write HOST:PORT, for example 10.0.0.1:4433.",
                "-web:1 | \"-web\" is neither an IP address nor a host name. Write HOST:PORT, for example 10.0.0.1:4433.",
                "h/x:1 | \"h/x\" is neither an IP address nor a host name. Write HOST:PORT, for example 10.0.0.1:4433.",
                "a:x | \"x\" is not a port. Give a number from 1 to 65535.",
                "a:1/path | \"1/path\" is not a port. Give a number from 1 to 65535.",
                "a:65536 | \"65536\" is beyond the last port. Give a number from 1 to 65535.",
                "a:1-65536 | \"1-65536\" is beyond the last port. Give a number from 1 to 65535.",
                "a:123456 | \"123456\" is not a port. Give a number from 1 to 65535.",
                "a:-1 | \"-1\" is not a port. Give a number from 1 to 65535.",
                "a:5-4 | \"5-4\" is not a range of ports. Write the lower port first, from 1 to 65535: 4433-4436.",
                "a:0-4 | \"0-4\" is not a range of ports. Write the lower port first, from 1 to 65535: 4433-4436.",
                "a:1-65 | \"1-65\" are 65 ports. Give at most 64 in one range.",
            })
    void refusesWhatIsNoAddressWithAPort(String text, String sentence) {
        assertEquals(sentence, Read.bad(Addresses.listener(), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.1:0 | \"10.0.0.1:0\" has port 0. Give the port that the server listens on.",
                "10.0.0.1:1-2 | \"10.0.0.1:1-2\" is a range of ports. List one backend for each port.",
            })
    void refusesBackendsWithoutOnePort(String text, String sentence) {
        assertEquals(sentence, Read.bad(Addresses.backend(), text));
    }

    @Test
    void understandsOffInsteadOfAnAddress() {
        Kind<Optional<AddressText>> kind = Addresses.addressOrOff();

        assertEquals(Optional.empty(), Read.good(kind, "off"));
        assertEquals("off", kind.print(Optional.empty()));
        assertEquals("[::]:9090", kind.print(Read.good(kind, ":9090")));
        assertEquals("\":1-2\" is a range of ports. Give one port.", Read.bad(kind, ":1-2"));
        assertEquals("\"on\" has no port. Give a port: on:4433.", Read.bad(kind, "on"));
    }
}
