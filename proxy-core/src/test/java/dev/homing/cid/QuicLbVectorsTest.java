package dev.homing.cid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.homing.kit.QuicLbVector;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All that was published, and edge cases: quic-lb-vectors.json.
class QuicLbVectorsTest {

    private static final int BACKEND = 11;

    private static final HexFormat HEX = HexFormat.of();

    static Stream<QuicLbVector> vectors() {
        return QuicLbVector.all().stream();
    }

    /// The older formats too: each must be read, misread or refused as the vector says.
    @ParameterizedTest
    @MethodSource("vectors")
    void aDecoderOfTheCurrentFormatDoesAsTheVectorSays(QuicLbVector vector) {
        switch (vector.currentDecoder()) {
            case QuicLbVector.REFUSED ->
                    assertThrows(IllegalArgumentException.class, vector::format);
            case QuicLbVector.SAME_SERVER_ID -> {
                assertEquals(BACKEND, decode(vector));
                assertEquals(HEX.formatHex(vector.serverId()), describe(vector).serverId());
            }
            case QuicLbVector.OTHER_SERVER_ID ->
                    assertEquals(Unroutable.SERVER_ID_UNKNOWN.verdict(), decode(vector));
            default -> fail("what shall " + vector + " be? " + vector.currentDecoder());
        }
        if (vector.isCurrent()) {
            assertEquals(HEX.formatHex(vector.nonce()), describe(vector).nonce());
        }
    }

    /// So that a file cut short is not taken for a passed test.
    @Test
    void allVectorsAreThere() {
        Map<String, Integer> count = new TreeMap<>();
        vectors().forEach(vector -> count.merge(vector.currentDecoder(), 1, Integer::sum));
        assertEquals(
                Map.of(
                        QuicLbVector.SAME_SERVER_ID, 55,
                        QuicLbVector.OTHER_SERVER_ID, 40,
                        QuicLbVector.REFUSED, 20),
                count);
        assertEquals(21, vectors().filter(QuicLbVector::isCurrent).count());
    }

    private static int decode(QuicLbVector vector) {
        byte[] connectionId = vector.connectionId();
        MemorySegment bytes = MemorySegment.ofArray(connectionId);
        CidDecoder decoder = scheme(vector).newDecoder();
        int verdict = decoder.decodeLong(bytes, 0, connectionId.length, false);
        assertEquals(verdict, decoder.decodeShort(bytes, 0, connectionId.length));
        return verdict;
    }

    private static CidDescription describe(QuicLbVector vector) {
        byte[] connectionId = vector.connectionId();
        return scheme(vector).describe(MemorySegment.ofArray(connectionId), 0, connectionId.length);
    }

    private static CidScheme scheme(QuicLbVector vector) {
        ServerIds serverIds =
                ServerIds.ofLength(vector.serverId().length)
                        .add(vector.serverId(), BACKEND)
                        .build();
        return new QuicLb(List.of(new QuicLb.Configuration(vector.format(), serverIds)));
    }
}
