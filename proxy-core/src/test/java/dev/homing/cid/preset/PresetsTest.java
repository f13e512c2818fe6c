package dev.homing.cid.preset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.cid.CidDecoder;
import dev.homing.cid.CidDescription;
import dev.homing.cid.CidScheme;
import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.Unroutable;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.server.QuicLbEncoder;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final int BACKEND = 3;

    /// Rotation bits 5; secret 10 11 … 2f, salt 80 81 … 9f.
    private static final String NGHTTPX_LINE =
            "a0010203"
                    + "101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
                    + "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";

    private static ServerIds one(String serverId) {
        byte[] octets = HEX.parseHex(serverId);
        return ServerIds.ofLength(octets.length).add(octets, BACKEND).build();
    }

    private static int decode(CidScheme scheme, String hex) {
        byte[] octets = HEX.parseHex(hex);
        MemorySegment bytes = MemorySegment.ofArray(octets);
        int verdict = scheme.newDecoder().decodeLong(bytes, 0, octets.length, true);
        assertEquals(verdict, scheme.newDecoder().decodeShort(bytes, 0, octets.length));
        assertEquals(verdict, scheme.describe(bytes, 0, octets.length).verdict());
        return verdict;
    }

    /// Its rotation bits may be any, even 0b111.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00a1b2c3d4e5f6071801020304050607",
                "ffa1b2c3d4e5f60718",
                "e7a1b2c3d4e5f607180102030405060708090a0b"
            })
    void awsNlbIsReadWhateverTheFirstOctetSays(String hex) {
        CidScheme scheme = AwsNlb.of(one("a1b2c3d4e5f60718"), CidDecoder.LENGTH_UNKNOWN);
        assertEquals(BACKEND, decode(scheme, hex));
    }

    @Test
    void awsNlbSaysWhyNot() {
        CidScheme scheme = AwsNlb.of(one("a1b2c3d4e5f60718"), CidDecoder.LENGTH_UNKNOWN);
        assertEquals(Unroutable.TOO_SHORT.verdict(), decode(scheme, "00a1b2c3d4e5f607"));
        assertEquals(Unroutable.TOO_SHORT.verdict(), decode(scheme, ""));
        assertEquals(Unroutable.SERVER_ID_UNKNOWN.verdict(), decode(scheme, "00a1b2c3d4e5f60719"));
        assertThrows(
                IllegalArgumentException.class,
                () -> AwsNlb.of(one("a1b2c3"), CidDecoder.LENGTH_UNKNOWN));
    }

    @Test
    void awsNlbTellsTheLengthOnlyIfItIsConfigured() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[40]);
        ServerIds serverIds = one("a1b2c3d4e5f60718");
        assertEquals(
                CidDecoder.LENGTH_UNKNOWN,
                AwsNlb.of(serverIds, CidDecoder.LENGTH_UNKNOWN)
                        .newDecoder()
                        .lengthOfShort(bytes, 0, 40));
        CidDecoder decoder = AwsNlb.of(serverIds, 16).newDecoder();
        assertEquals(16, decoder.lengthOfShort(bytes, 0, 16));
        assertEquals(CidDecoder.LENGTH_UNKNOWN, decoder.lengthOfShort(bytes, 0, 15));
        assertThrows(IllegalArgumentException.class, () -> AwsNlb.of(serverIds, 8));
    }

    @Test
    void msquicNamesServersByAddress() throws UnknownHostException {
        byte[] ipv4 = Msquic.ofAddress(InetAddress.getByName("10.1.2.3"));
        byte[] ipv6 = Msquic.ofAddress(InetAddress.getByName("2001:db8::a:b0c:d0e"));
        CidScheme scheme = Msquic.of(ServerIds.ofLength(4).add(ipv4, 1).add(ipv6, 2).build());
        assertEquals(1, decode(scheme, "ff0a010203000011223344556677"));
        assertEquals(2, decode(scheme, "000b0c0d0e000011223344556677"));
        assertEquals(
                Unroutable.SERVER_ID_UNKNOWN.verdict(),
                decode(scheme, "000a010204000011223344556677"));
        MemorySegment bytes = MemorySegment.ofArray(new byte[40]);
        assertEquals(14, scheme.newDecoder().lengthOfShort(bytes, 0, 40));
    }

    @Test
    void msquicNamesServersByAFixedIdInLittleEndian() {
        assertArrayEquals(HEX.parseHex("04030201"), Msquic.ofFixedServerId(0x01020304));
    }

    @Test
    void envoyAppendsAnOctetThatTheLengthDoesNotCount() {
        QuicLbFormat format = EnvoyQuicLb.format(2, 3, 4, CidKey.of(new byte[16]));
        CidScheme scheme =
                new QuicLb(List.of(new QuicLb.Configuration(format, one("010203"), true)));
        byte[] octets =
                new QuicLbEncoder(format, HEX.parseHex("010203"))
                        .next(new byte[] {0x55})
                        .orElseThrow();
        assertEquals(9, octets.length);
        assertEquals(0x47, octets[0]); // configuration_version 2, and 7 octets of ID and nonce
        assertEquals(0x55, octets[8]);
        assertEquals(BACKEND, decode(scheme, HEX.formatHex(octets)));
        MemorySegment bytes = MemorySegment.ofArray(octets);
        assertEquals(9, scheme.newDecoder().lengthOfShort(bytes, 0, 9));
        assertEquals(
                Unroutable.LENGTH_DISAGREES.verdict(),
                scheme.newDecoder().decodeLong(bytes, 0, 8, false));
    }

    @ParameterizedTest
    @CsvSource({"7, 4, 4", "0, 1, 17", "0, 10, 9", "0, 4, 3"})
    void envoyRefusesWhatItsGeneratorRefuses(int version, int serverId, int nonce) {
        assertThrows(
                IllegalArgumentException.class,
                () -> EnvoyQuicLb.format(version, serverId, nonce, null));
    }

    /// The key was derived by another implementation of HKDF (RFC 5869).
    @Test
    void nghttpxDerivesItsKeyFromTheSecretsFile() {
        QuicLbFormat format = Nghttpx.format(NGHTTPX_LINE, 4);
        assertEquals(
                QuicLbFormat.of(5, 4, 12, CidKey.parse("52477ac7eafa016f6340e62653e583be")),
                format);
        assertEquals(8, Nghttpx.format(NGHTTPX_LINE, 8).nonceLength());
        CidScheme scheme = new QuicLb(List.of(new QuicLb.Configuration(format, one("deadbeef"))));
        byte[] octets = new QuicLbEncoder(format, HEX.parseHex("deadbeef")).next().orElseThrow();
        assertEquals(17, octets.length);
        assertEquals(BACKEND, decode(scheme, HEX.formatHex(octets)));
        CidDescription described = scheme.describe(MemorySegment.ofArray(octets), 0, 17);
        assertEquals("quic-lb, single-pass", described.layout());
        assertEquals(5, described.rotationBits());
    }

    @Test
    void nghttpxSaysWhyALineIsNoSecretAndDoesNotShowIt() {
        assertNull(Nghttpx.problem(NGHTTPX_LINE));
        assertTrue(Nghttpx.problem("").contains("0 characters"));
        String noHex = NGHTTPX_LINE.replace("2f8081", "2x8081");
        assertTrue(Nghttpx.problem(noHex).contains("character 72 "), Nghttpx.problem(noHex));
        assertFalse(Nghttpx.problem(noHex).contains("8081"));
        assertTrue(Nghttpx.problem("e0" + NGHTTPX_LINE.substring(2)).contains("111"));
        assertThrows(IllegalArgumentException.class, () -> Nghttpx.format(noHex, 4));
        assertThrows(IllegalArgumentException.class, () -> Nghttpx.format(NGHTTPX_LINE, 5));
    }
}
