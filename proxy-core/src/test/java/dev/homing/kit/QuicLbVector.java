package dev.homing.kit;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// One of the vectors in quic-lb-vectors.json, which says what each member means.
///
/// @param currentDecoder what a decoder of the current format must do
public record QuicLbVector(
        String id,
        String algorithm,
        boolean isCurrent,
        boolean encodesLength,
        @Nullable CidKey key,
        byte[] serverId,
        byte[] nonce,
        byte[] extra,
        byte[] connectionId,
        String currentDecoder,
        Map<String, String> intermediates) {

    public static final String SAME_SERVER_ID = "same server ID";
    public static final String OTHER_SERVER_ID = "other server ID";
    public static final String REFUSED = "config refused";

    private static final HexFormat HEX = HexFormat.of();

    public static List<QuicLbVector> all() {
        return members(file(), "vectors").stream().map(QuicLbVector::of).toList();
    }

    /// Connection IDs that must not be routed: their id to their octets in hex.
    public static List<Map<String, String>> unroutable() {
        return members(file(), "negative").stream().map(QuicLbVector::texts).toList();
    }

    private static Map<?, ?> file() {
        try (InputStream json = QuicLbVector.class.getResourceAsStream("quic-lb-vectors.json")) {
            return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<?, ?>> members(Map<?, ?> file, String name) {
        return ((List<?>) file.get(name)).stream().<Map<?, ?>>map(it -> (Map<?, ?>) it).toList();
    }

    private static Map<String, String> texts(Map<?, ?> json) {
        Map<String, String> texts = new TreeMap<>();
        json.forEach((name, value) -> texts.put((String) name, String.valueOf(value)));
        return texts;
    }

    private static QuicLbVector of(Map<?, ?> json) {
        Object intermediates = json.get("intermediates");
        return new QuicLbVector(
                (String) json.get("id"),
                (String) json.get("algorithm"),
                json.get("conforms_to").equals("draft-19..21"),
                (Boolean) json.get("lse"),
                json.get("key") == null ? null : CidKey.parse((String) json.get("key")),
                octets(json, "sid"),
                octets(json, "nonce"),
                octets(json, "extra"),
                octets(json, "cid"),
                (String) json.get("current_decoder"),
                intermediates == null ? Map.of() : texts((Map<?, ?>) intermediates));
    }

    private static byte[] octets(Map<?, ?> json, String name) {
        return HEX.parseHex((String) json.get(name));
    }

    /// The configuration for a decoder, under the rotation bits that the connection ID has today.
    public QuicLbFormat format() {
        int rotation = QuicLbFormat.rotationOf(connectionId[0]);
        QuicLbFormat format =
                QuicLbFormat.of(rotation, serverId.length, nonce.length, key)
                        .withExtra(extra.length, 0);
        return encodesLength ? format.encodingLength() : format;
    }

    @Override
    public String toString() {
        return id;
    }
}
