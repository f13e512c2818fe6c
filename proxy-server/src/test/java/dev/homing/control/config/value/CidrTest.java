package dev.homing.control.config.value;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.200.0.0/16, 10.200.0.0/16",
        "127.0.0.0/8, 127.0.0.0/8",
        "10.0.0.7, 10.0.0.7/32",
        "10.0.0.4/31, 10.0.0.4/31",
        "fd00::/64, fd00::/64",
        "fd00::1, fd00::1/128",
    })
    void readsBlocksAndSingleAddresses(String text, String printed) {
        Cidr cidr = Read.good(Cidr.kind(), text);

        assertEquals(printed, Cidr.kind().print(cidr));
        assertEquals(cidr, Read.good(Cidr.kind(), printed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.5/16 | \"10.0.0.5/16\" has bits set beyond its prefix. Write 10.0.0.0/16 for the block, or 10.0.0.5 for the one address.",
                "fd00::1/64 | \"fd00::1/64\" has bits set beyond its prefix. Write fd00::/64 for the block, or fd00::1 for the one address.",
                "10.0.0.0/33 | \"10.0.0.0/33\" has no prefix length from 1 to 32. Write 10.0.0.0/16 or fd00::/64.",
                "0.0.0.0/0 | \"0.0.0.0/0\" has no prefix length from 1 to 32. Write 10.0.0.0/16 or fd00::/64.",
                "10.0.0.0/ | \"10.0.0.0/\" has no prefix length from 1 to 32. Write 10.0.0.0/16 or fd00::/64.",
                "fd00::/129 | \"fd00::/129\" has no prefix length from 1 to 128. Write 10.0.0.0/16 or fd00::/64.",
                "224.0.0.0/4 | \"224.0.0.0/4\" holds multicast addresses. Give addresses that this machine may send from.",
                "web/16 | \"web\" is not an IP address. Write 10.0.0.0/16 or fd00::/64.",
                "10.0/16 | \"10.0\" is not an IP address. Write 10.0.0.0/16 or fd00::/64.",
            })
    void refusesWhatIsNoBlock(String text, String sentence) {
        assertEquals(sentence, Read.bad(Cidr.kind(), text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.0.0/16, true",
        "10.1.0.0/16, 10.0.0.0/8, true",
        "10.1.0.0/16, 10.2.0.0/16, false",
        "10.0.0.0/15, 10.1.0.0/16, true",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "10.0.0.0/8, fd00::/64, false",
        "fd00::/64, fd00::1, true",
        "fd00::/63, fd00:0:0:1::/64, true",
        "fd00::/63, fd00:0:0:2::/64, false",
    })
    void knowsWhichBlocksOverlap(String one, String other, boolean overlap) {
        assertEquals(overlap, Read.good(Cidr.kind(), one).overlaps(Read.good(Cidr.kind(), other)));
    }
}
