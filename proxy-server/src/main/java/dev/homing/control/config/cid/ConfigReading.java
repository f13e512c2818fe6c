package dev.homing.control.config.cid;

import dev.homing.cid.preset.EnvoyQuicLb;
import dev.homing.cid.preset.Nghttpx;
import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.cid.quiclb.QuicLbProblem;
import dev.homing.control.config.schema.CidSchema;
import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Secret;
import dev.homing.control.config.source.SecretFile;
import dev.homing.control.config.value.CidSchemeName;
import dev.homing.control.config.value.Secrets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one entry of `cid-configs`.
final class ConfigReading {

    private static final int NGHTTPX_WORKER_ID_OCTETS = 8;
    private static final int NGHTTPX_SERVER_ID_OCTETS = 4;

    private final Reading reading;
    private final Problems problems;
    private final Optional<String> keyFile;
    private final ServerIdReading serverIds;
    private final Optional<QuicLbFormat> format;

    ConfigReading(Reading reading, CidSchemeName scheme, Problems problems) {
        this.reading = reading;
        this.problems = problems;
        serverIds = new ServerIdReading(reading, CidSchema.CONFIG_SERVER_IDS, problems);
        Optional<Integer> serverIdLength = reading.find(CidSchema.SERVER_ID_LENGTH);
        boolean encodesLength = reading.get(CidSchema.ENCODES_LENGTH);
        if (scheme == CidSchemeName.NGHTTPX) {
            keyFile = reading.find(CidSchema.CID_KEY_FILE);
            format = ofSecret(serverIdLength, encodesLength);
        } else {
            Secret<CidKey> key =
                    Secret.read(reading, CidSchema.CID_KEY, CidSchema.CID_KEY_FILE, problems);
            keyFile = key.file();
            format = ofKeys(scheme, key.value(), serverIdLength, encodesLength);
        }
    }

    private Optional<QuicLbFormat> ofKeys(
            CidSchemeName scheme,
            Optional<CidKey> key,
            Optional<Integer> serverIdLength,
            boolean encodesLength) {
        // Read all, also what will not be used, to find all problems.
        Optional<Integer> rotation = reading.find(CidSchema.ROTATION);
        Optional<Integer> nonceLength = reading.find(CidSchema.NONCE_LENGTH);
        need(CidSchema.ROTATION);
        need(CidSchema.NONCE_LENGTH);
        boolean isKeyUnusable =
                key.isEmpty()
                        && (reading.isWritten(CidSchema.CID_KEY)
                                || reading.isWritten(CidSchema.CID_KEY_FILE));
        if (scheme == CidSchemeName.ENVOY
                && reading.isWritten(CidSchema.ENCODES_LENGTH)
                && !encodesLength) {
            problem(
                    CidSchema.ENCODES_LENGTH,
                    "is false, but Envoy always encodes the length",
                    "Remove it.");
        }
        return rotation.isEmpty()
                        || serverIdLength.isEmpty()
                        || nonceLength.isEmpty()
                        || isKeyUnusable
                ? Optional.empty()
                : format(
                        scheme,
                        rotation.get(),
                        serverIdLength.get(),
                        nonceLength.get(),
                        key.orElse(null),
                        encodesLength);
    }

    private void need(Setting<?> setting) {
        if (!reading.isWritten(setting)) {
            problem(setting, "is missing", setting.kind().remedy());
        }
    }

    private SecretFile secretFile(String path) {
        return new SecretFile(
                path,
                reading.where(CidSchema.CID_KEY_FILE),
                reading.path(CidSchema.CID_KEY_FILE),
                problems);
    }

    private Optional<QuicLbFormat> ofSecret(
            Optional<Integer> serverIdLength, boolean encodesLength) {
        for (Key key : List.of(CidSchema.ROTATION, CidSchema.NONCE_LENGTH, CidSchema.CID_KEY)) {
            if (reading.isWritten(key)) {
                problem(
                        key,
                        "does not belong to cid-scheme nghttpx",
                        "Remove it: the secret and server-id-length say it.");
            }
        }
        if (encodesLength) {
            problem(
                    CidSchema.ENCODES_LENGTH,
                    "is true, but nghttpx has random bits there",
                    "Remove it.");
        }
        if (keyFile.isEmpty()) {
            need(CidSchema.CID_KEY_FILE);
            return Optional.empty();
        }
        Optional<String> line = secretFile(keyFile.get()).read(Secrets.nghttpxSecret());
        if (serverIdLength.isPresent()
                && serverIdLength.get() != NGHTTPX_SERVER_ID_OCTETS
                && serverIdLength.get() != NGHTTPX_WORKER_ID_OCTETS) {
            problem(
                    CidSchema.SERVER_ID_LENGTH,
                    serverIdLength.get() + " is not a length that nghttpx has",
                    "Give 4, or 8 with worker and thread.");
            return Optional.empty();
        }
        return line.flatMap(secret -> serverIdLength.map(length -> Nghttpx.format(secret, length)));
    }

    private Optional<QuicLbFormat> format(
            CidSchemeName scheme,
            int rotation,
            int serverIdLength,
            int nonceLength,
            @Nullable CidKey key,
            boolean encodesLength) {
        List<QuicLbProblem> illegal =
                scheme == CidSchemeName.ENVOY
                        ? EnvoyQuicLb.problems(rotation, serverIdLength, nonceLength)
                        : QuicLbFormat.problems(rotation, serverIdLength, nonceLength, 0, 0);
        if (!illegal.isEmpty()) {
            illegal.forEach(problem ->
                    problem(
                            CidSchema.NONCE_LENGTH,
                            problem.text(),
                            "Shorten the server ID or the nonce."));
            return Optional.empty();
        }
        if (scheme == CidSchemeName.ENVOY) {
            return Optional.of(EnvoyQuicLb.format(rotation, serverIdLength, nonceLength, key));
        }
        QuicLbFormat plain = QuicLbFormat.of(rotation, serverIdLength, nonceLength, key);
        return Optional.of(encodesLength ? plain.encodingLength() : plain);
    }

    Optional<CidSettings.Config> settings(List<String> backends, boolean comesAndGoes) {
        List<CidSettings.ServerIdMapping> own = serverIds.mappings(backends, comesAndGoes);
        return format.map(read -> new CidSettings.Config(read, keyFile, own));
    }

    /// @param ofPool the server IDs that hold if this configuration has none
    void checkServerIds(CidSettings.Config config, List<CidSettings.ServerIdMapping> ofPool) {
        int octets = config.format().serverIdLength();
        if (!serverIds.isEmpty()) {
            serverIds.checkLength(octets, "server-id-length");
        } else if (ofPool.isEmpty()) {
            problem(
                    CidSchema.CONFIG_SERVER_IDS,
                    "there is no server ID",
                    "Give the server ID of each backend, here or for the whole pool.");
        } else if (ofPool.stream().anyMatch(id -> id.serverId().length() != 2 * octets)) {
            problem(
                    CidSchema.SERVER_ID_LENGTH,
                    "the pool's server-id-mappings have server IDs of another length than "
                            + octets,
                    "Give this configuration server-id-mappings of its own.");
        }
    }

    /// @param before the entries that stand before this one
    void checkAgainst(List<ConfigReading> before) {
        for (ConfigReading other : before) {
            if (rotation() >= 0 && rotation() == other.rotation()) {
                problem(
                        reading.isWritten(CidSchema.ROTATION)
                                ? CidSchema.ROTATION
                                : CidSchema.CID_KEY_FILE,
                        "config-rotation-bits %d are those of the entry at %s too"
                                .formatted(rotation(), other.reading.where().text()),
                        "Give each configuration rotation bits of its own.");
            }
        }
    }

    private int rotation() {
        return format.map(QuicLbFormat::configRotationBits).orElse(-1);
    }

    private void problem(Key key, String what, String remedy) {
        problems.add(reading.where(key), reading.path(key), what, remedy);
    }
}
