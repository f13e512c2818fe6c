package dev.homing.cid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MvfstTest {

    private static final HexFormat HEX = HexFormat.of();

    private final CidScheme scheme =
            new Mvfst(
                    ServerIds.ofLength(Mvfst.HOST_ID_BYTES)
                            .add(Mvfst.hostId(1), 10)
                            .add(Mvfst.hostId(0xabcd), 11)
                            .add(Mvfst.hostId(0xabcdef), 12)
                            .add(Mvfst.hostId(0xabcdef01), 13)
                            .add(Mvfst.hostId(0xffff), 14)
                            .build());

    @ParameterizedTest
    @CsvSource({
        // Version 1: 01, then 16 bits. 0xabcd is 101010 11110011 01.
        "6af37fffffffffff, 11",
        "4000400000000000, 10",
        "7fffc00000000000, 14",
        "7fffffffffffffff, 14",
        // Version 2: octets 1 to 3.
        "80abcdef00000000, 12",
        "bfabcdefffffffff, 12",
        "8000000100000000, 10",
        // Version 3: octets 1 to 4.
        "c0abcdef01000000, 13",
        "ffabcdef01ffffff, 13",
        "ff00000001ffffffffffffff, 10",
    })
    void findsTheHostOfEachVersion(String hex, int backend) {
        byte[] octets = HEX.parseHex(hex);
        MemorySegment bytes = MemorySegment.ofArray(octets);
        CidDecoder decoder = scheme.newDecoder();
        assertEquals(backend, decoder.decodeShort(bytes, 0, octets.length));
        assertEquals(backend, decoder.decodeLong(bytes, 0, octets.length, false));
        assertEquals(backend, scheme.describe(bytes, 0, octets.length).verdict());
        assertEquals(8, decoder.lengthOfShort(bytes, 0, octets.length));
    }

    @ParameterizedTest
    @CsvSource({
        "'', TOO_SHORT",
        "80abcdef000000, TOO_SHORT",
        "00abcdef01000000, NAMES_NO_SERVER",
        "40003fffffffffff, NAMES_NO_SERVER",
        "bf000000ffffffff, NAMES_NO_SERVER",
        "ff00000000ffffff, NAMES_NO_SERVER",
        "80abcdee00000000, SERVER_ID_UNKNOWN",
    })
    void saysWhyItFindsNone(String hex, Unroutable why) {
        byte[] octets = HEX.parseHex(hex);
        MemorySegment bytes = MemorySegment.ofArray(octets);
        CidDecoder decoder = scheme.newDecoder();
        assertEquals(why.verdict(), decoder.decodeShort(bytes, 0, octets.length));
        assertEquals(why.verdict(), decoder.decodeLong(bytes, 0, octets.length, false));
        assertEquals(why, scheme.describe(bytes, 0, octets.length).whyNot());
    }

    @Test
    void doesNotReadWhatMayBeTheClientsChoice() {
        byte[] octets = HEX.parseHex("80abcdef00000000");
        assertEquals(
                Unroutable.CLIENTS_CHOICE.verdict(),
                scheme.newDecoder().decodeLong(MemorySegment.ofArray(octets), 0, 8, true));
    }

    @Test
    void describesVersionAndHost() {
        byte[] octets = HEX.parseHex("6af37fffffffffff");
        assertEquals(
                new CidDescription(
                        "mvfst version 1", CidDescription.NO_ROTATION, "0000abcd", "", 11),
                scheme.describe(MemorySegment.ofArray(octets), 0, 8));
    }

    @Test
    void refusesHostZeroAndIdsOfAnotherLength() {
        ServerIds zero = ServerIds.ofLength(4).add(Mvfst.hostId(0), 1).build();
        assertThrows(IllegalArgumentException.class, () -> new Mvfst(zero));
        ServerIds shorter = ServerIds.ofLength(3).build();
        assertThrows(IllegalArgumentException.class, () -> new Mvfst(shorter));
    }

    @ParameterizedTest
    @CsvSource({
        "00000001, 0000000000000000, 4000400000000000",
        "0000abcd, ffffffffffffffff, 6af37fffffffffff",
        "0000ffff, ffffffffffffffff, 7fffffffffffffff",
        "00010000, 0000000000000000, 8001000000000000",
        "00abcdef, ffffffffffffffff, bfabcdefffffffff",
        "01000000, 0000000000000000, c001000000000000",
        "abcdef01, ffffffffffffffff, ffabcdef01ffffff",
        "ffffffff, 0000000000000000, c0ffffffff000000",
    })
    void makesAConnectionIdOfTheFirstVersionWithRoomForTheHost(
            String host, String others, String connectionId) {
        byte[] made = Mvfst.connectionId(HexFormat.fromHexDigits(host), HEX.parseHex(others));
        assertEquals(connectionId, HEX.formatHex(made));
    }

    @Test
    void makesNoConnectionIdOfNoHostOrOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> Mvfst.connectionId(0, new byte[8]));
        assertThrows(IllegalArgumentException.class, () -> Mvfst.connectionId(1, new byte[7]));
    }
}
