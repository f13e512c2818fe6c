package dev.homing.fuzz;

import dev.homing.cid.CidDecoder;
import dev.homing.cid.CidScheme;
import dev.homing.cid.Unroutable;
import dev.homing.route.Pool;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/// Any octets for the connection ID of each scheme, in a segment that ends where they end.
public final class SchemeTarget {

    private static final List<CidScheme> SCHEMES =
            Fleet.table().pools().stream().map(Pool::cidScheme).filter(Objects::nonNull).toList();
    private static final List<CidDecoder> DECODERS =
            SCHEMES.stream().map(CidScheme::newDecoder).toList();

    private SchemeTarget() {}

    public static void fuzzerTestOneInput(byte[] octets) {
        MemorySegment bytes = MemorySegment.ofArray(octets);
        int length = Math.min(255, octets.length);
        for (int i = 0; i < SCHEMES.size(); i++) {
            CidDecoder decoder = DECODERS.get(i);
            int verdict = decoder.decodeLong(bytes, 0, length, false);
            Required.holds(verdict >= -Unroutable.values().length && verdict < 2, "the verdict");
            Required.holds(
                    verdict == SCHEMES.get(i).describe(bytes, 0, length).verdict(),
                    "told otherwise than decided");
            decoder.decodeLong(bytes, 0, length, true);
            int known = decoder.lengthOfShort(bytes, 0, length);
            Required.holds(
                    known == CidDecoder.LENGTH_UNKNOWN || known >= 1 && known <= length,
                    "the length of a short header's connection ID");
            int asShort = decoder.decodeShort(bytes, 0, length);
            if (known != CidDecoder.LENGTH_UNKNOWN) {
                Required.holds(
                        asShort == decoder.decodeShort(bytes, 0, known),
                        "what is behind the connection ID decides");
            }
            decoder.configurationOf(bytes, 0, length);
        }
    }
}
