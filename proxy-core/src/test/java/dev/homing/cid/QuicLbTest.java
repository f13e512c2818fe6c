package dev.homing.cid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.quiclb.QuicLbProblem;
import dev.homing.cid.server.QuicLbEncoder;
import dev.homing.cid.server.UnroutableIds;
import dev.homing.kit.QuicLbVector;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuicLbTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final CidKey KEY = CidKey.parse("8f95f09245765f80256934e50c66207f");
    private static final byte[] SERVER = {1, 2, 3};

    private static QuicLb.Configuration plain(int rotation) {
        return new QuicLb.Configuration(QuicLbFormat.of(rotation, 3, 4, null), servers(5));
    }

    private static ServerIds servers(int backend) {
        return ServerIds.ofLength(3).add(SERVER, backend).build();
    }

    private static QuicLb of(QuicLb.Configuration... configurations) {
        return new QuicLb(List.of(configurations));
    }

    private static int decode(CidScheme scheme, String hex) {
        byte[] octets = HEX.parseHex(hex);
        return scheme.newDecoder()
                .decodeLong(MemorySegment.ofArray(octets), 0, octets.length, false);
    }

    private static int decodeShort(CidScheme scheme, String hex) {
        byte[] octets = HEX.parseHex(hex);
        return scheme.newDecoder().decodeShort(MemorySegment.ofArray(octets), 0, octets.length);
    }

    private static int lengthOfShort(CidScheme scheme, String hex) {
        byte[] octets = HEX.parseHex(hex);
        return scheme.newDecoder().lengthOfShort(MemorySegment.ofArray(octets), 0, octets.length);
    }

    static List<Map<String, String>> unroutable() {
        return QuicLbVector.unroutable();
    }

    @ParameterizedTest
    @MethodSource("unroutable")
    void saysWhyAConnectionIdIsUnroutable(Map<String, String> vector) {
        QuicLb scheme = of(plain(vector.get("config").contains("cr 0") ? 0 : 1));
        Unroutable expected =
                switch (vector.get("id")) {
                    case "neg-1" -> Unroutable.NO_CONFIGURATION;
                    case "neg-2", "neg-3", "unroutable-1" -> Unroutable.RESERVED_ROTATION;
                    case "neg-4", "neg-5" -> Unroutable.TOO_SHORT;
                    default -> throw new AssertionError(vector);
                };
        String connectionId = vector.get("cid");
        assertEquals(expected, Unroutable.of(decode(scheme, connectionId)));
        assertEquals(expected, Unroutable.of(decodeShort(scheme, connectionId)));
        byte[] octets = HEX.parseHex(connectionId);
        CidDescription described = scheme.describe(MemorySegment.ofArray(octets), 0, octets.length);
        assertEquals(expected, described.whyNot());
        assertEquals("", described.serverId());
    }

    @Test
    void tellsSevenConfigurationsApartByTheRotationBits() {
        List<QuicLb.Configuration> configurations = new ArrayList<>();
        List<byte[]> connectionIds = new ArrayList<>();
        for (int rotation = 0; rotation <= 6; rotation++) {
            QuicLbFormat format =
                    QuicLbFormat.of(rotation, 3, 4 + 3 * (rotation % 4), rotation < 5 ? KEY : null);
            byte[] serverId = {9, 9, (byte) (rotation < 5 ? 1 : 2)};
            ServerIds serverIds = ServerIds.ofLength(3).add(serverId, 100 + rotation).build();
            configurations.add(new QuicLb.Configuration(format, serverIds));
            connectionIds.add(new QuicLbEncoder(format, serverId).next().orElseThrow());
        }
        CidDecoder decoder = new QuicLb(configurations).newDecoder();
        for (int rotation = 0; rotation <= 6; rotation++) {
            byte[] octets = connectionIds.get(rotation);
            MemorySegment bytes = MemorySegment.ofArray(octets);
            assertEquals(100 + rotation, decoder.decodeLong(bytes, 0, octets.length, true));
            assertEquals(100 + rotation, decoder.decodeShort(bytes, 0, octets.length));
        }
        byte[] unroutable = new UnroutableIds(20).next();
        assertEquals(
                Unroutable.RESERVED_ROTATION.verdict(),
                decoder.decodeShort(MemorySegment.ofArray(unroutable), 0, 20));
    }

    @Test
    void routesNothingWithoutAConfiguration() {
        assertEquals(Unroutable.NO_CONFIGURATION.verdict(), decode(of(), "0001020304050607"));
    }

    /// Section 5.2: at least as long as server ID and nonce, extra octets may follow.
    @ParameterizedTest
    @CsvSource({
        "00010203040506, TOO_SHORT",
        "0001020304050607, ",
        "000102030405060708090a0b0c0d0e0f10111213, ",
        "0001020404050607, SERVER_ID_UNKNOWN",
    })
    void needsAConnectionIdThatIsLongEnough(String hex, Unroutable why) {
        int expected = why == null ? 5 : why.verdict();
        assertEquals(expected, decode(of(plain(0)), hex));
        assertEquals(expected, decodeShort(of(plain(0)), hex));
    }

    @Test
    void readsAtAnOffsetAndNotOneOctetFurtherThanTheConnectionId() {
        byte[] slot = HEX.parseHex("ffffffff0001020304050607");
        assertEquals(5, of(plain(0)).newDecoder().decodeShort(MemorySegment.ofArray(slot), 4, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "0701020304050607, 8, , ",
        "0801020304050607, 8, LENGTH_DISAGREES, LENGTH_DISAGREES",
        "0801020304050607ff, 9, , ",
        "0701020304050607ff, 9, LENGTH_DISAGREES, ",
        "0001020304050607, 8, LENGTH_DISAGREES, LENGTH_DISAGREES",
        "1f01020304050607, 8, LENGTH_DISAGREES, LENGTH_DISAGREES",
        "07010203040506, 7, TOO_SHORT, TOO_SHORT",
    })
    void checksTheLengthInTheFirstOctetWhereItIsToldTo(
            String hex, int length, Unroutable inLong, Unroutable inShort) {
        QuicLbFormat format = QuicLbFormat.of(0, 3, 4, null).encodingLength();
        QuicLb checking = of(new QuicLb.Configuration(format, servers(5), true));
        assertEquals(length, hex.length() / 2);
        assertEquals(inLong == null ? 5 : inLong.verdict(), decode(checking, hex));
        assertEquals(inShort == null ? 5 : inShort.verdict(), decodeShort(checking, hex));
        // Left out, as it is by default, only what cannot be read is unroutable.
        QuicLb trusting = of(new QuicLb.Configuration(format, servers(5)));
        assertEquals(length < 8 ? Unroutable.TOO_SHORT.verdict() : 5, decode(trusting, hex));
    }

    @ParameterizedTest
    @CsvSource({
        "0001020304050607, 8", // as configured
        "000102030405060708, 8",
        "00010203040506, -1",
        "2701020304050607, 8", // as its first octet says
        "2901020304050607dddddddddddd, 10",
        "2901020304050607, -1", // there are not so many
        "2601020304050607dddddddddddd, -1", // too short for the configuration
        "4001020304050607dd, 9", // an octet of the server's own
        "6001020304050607, -1", // no configuration
        "e701020304050607, -1",
        "'', -1",
    })
    void tellsTheLengthOfAShortHeadersConnectionId(String hex, int expected) {
        QuicLbFormat selfEncoding = QuicLbFormat.of(1, 3, 4, null).encodingLength();
        QuicLbFormat withExtra = QuicLbFormat.of(2, 3, 4, null).withExtra(1, 0);
        QuicLb scheme =
                of(
                        plain(0),
                        new QuicLb.Configuration(selfEncoding, servers(1)),
                        new QuicLb.Configuration(withExtra, servers(1)));
        assertEquals(expected, lengthOfShort(scheme, hex));
    }

    @Test
    void refusesTheSameRotationTwice() {
        List<QuicLb.Configuration> twice = List.of(plain(3), plain(3));
        assertEquals(
                List.of(new QuicLbProblem("config-rotation-bits", "3 is there twice")),
                QuicLb.problems(twice));
        assertThrows(IllegalArgumentException.class, () -> new QuicLb(twice));
    }

    /// Section 9.7.
    @Test
    void refusesAServerIdThatIsSharedByAConfigurationWithAKeyAndOneWithout() {
        QuicLb.Configuration keyed =
                new QuicLb.Configuration(QuicLbFormat.of(1, 3, 4, KEY), servers(5));
        List<QuicLbProblem> problems = QuicLb.problems(List.of(plain(0), keyed));
        assertEquals(1, problems.size());
        assertEquals("server-id-mappings", problems.getFirst().term());
        QuicLb.Configuration alsoKeyed =
                new QuicLb.Configuration(QuicLbFormat.of(2, 3, 5, KEY), servers(5));
        assertEquals(List.of(), QuicLb.problems(List.of(keyed, alsoKeyed)));
    }

    @Test
    void refusesServerIdsOfAnotherLengthAndACheckOfALengthThatIsNotThere() {
        QuicLbFormat format = QuicLbFormat.of(0, 4, 4, null);
        IllegalArgumentException length =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new QuicLb.Configuration(format, servers(5)));
        assertTrue(length.getMessage().contains("server-id-length"));
        IllegalArgumentException check =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new QuicLb.Configuration(
                                        QuicLbFormat.of(0, 3, 4, null), servers(5), true));
        assertTrue(check.getMessage().contains("first-octet-encodes-cid-length"));
    }

    @Test
    void keepsADecoderForEachPoolUntilItsSchemeChanges() {
        CidDecoders decoders = new CidDecoders();
        QuicLb one = of(plain(0));
        QuicLb other = of(plain(1));
        CidDecoder ofOne = decoders.of(0, one);
        CidDecoder ofOther = decoders.of(7, other);
        assertEquals(ofOne, decoders.of(0, one));
        assertEquals(ofOther, decoders.of(7, other));
        CidDecoder exchanged = decoders.of(0, other);
        byte[] octets = HEX.parseHex("2001020304050607");
        assertEquals(5, exchanged.decodeShort(MemorySegment.ofArray(octets), 0, 8));
        assertEquals(exchanged, decoders.of(0, other));
    }
}
