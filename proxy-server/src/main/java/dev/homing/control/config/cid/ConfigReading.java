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
        keyFile = reading.find(CidSchema.CID_KEY_FILE).filter(file -> !isHiddenByKey());
        serverIds = new ServerIdReading(reading, CidSchema.CONFIG_SERVER_IDS, problems);
        Optional<Integer> serverIdLength = reading.find(CidSchema.SERVER_ID_LENGTH);
        // Read all, also what will not be used, to find all problems.
        Optional<Integer> rotation = reading.find(CidSchema.ROTATION);
        Optional<Integer> nonceLength = reading.find(CidSchema.NONCE_LENGTH);
        boolean encodesLength = reading.get(CidSchema.ENCODES_LENGTH);
        Optional<CidKey> key = reading.find(CidSchema.CID_KEY);
        if (scheme == CidSchemeName.NGHTTPX) {
            format = ofSecret(serverIdLength);
        } else {
            need(CidSchema.ROTATION);
            need(CidSchema.NONCE_LENGTH);
            Optional<CidKey> found = readKey(key);
            boolean isKeyMissing =
                    found.isEmpty()
                            && (reading.isWritten(CidSchema.CID_KEY) || keyFile.isPresent());
            format =
                    rotation.isEmpty()
                                    || serverIdLength.isEmpty()
                                    || nonceLength.isEmpty()
                                    || isKeyMissing
                            ? Optional.empty()
                            : format(
                                    scheme,
                                    rotation.get(),
                                    serverIdLength.get(),
                                    nonceLength.get(),
                                    found.orElse(null),
                                    encodesLength);
        }
    }

    private void need(Setting<?> setting) {
        if (!reading.isWritten(setting)) {
            problem(setting, "is missing", setting.kind().remedy());
        }
    }

    private Optional<CidKey> readKey(Optional<CidKey> written) {
        if (keyFile.isEmpty()) {
            return written;
        }
        if (reading.isWritten(CidSchema.CID_KEY)
                && layer(CidSchema.CID_KEY) == layer(CidSchema.CID_KEY_FILE)) {
            problem(
                    CidSchema.CID_KEY_FILE,
                    "is given together with cid-key at " + reading.where(CidSchema.CID_KEY).text(),
                    "Remove one of the two.");
        }
        return secretFile(keyFile.get()).read(Secrets.cidKey());
    }

    /// The two are one choice: what a higher layer says of either hides what a lower one says of
    /// the other.
    private boolean isHiddenByKey() {
        return reading.isWritten(CidSchema.CID_KEY)
                && layer(CidSchema.CID_KEY) > layer(CidSchema.CID_KEY_FILE);
    }

    private int layer(Key key) {
        return reading.where(key).layer();
    }

    private SecretFile secretFile(String path) {
        return new SecretFile(
                path,
                reading.where(CidSchema.CID_KEY_FILE),
                reading.path(CidSchema.CID_KEY_FILE),
                problems);
    }

    private Optional<QuicLbFormat> ofSecret(Optional<Integer> serverIdLength) {
        for (Key key : List.of(CidSchema.ROTATION, CidSchema.NONCE_LENGTH, CidSchema.CID_KEY)) {
            if (reading.isWritten(key)) {
                problem(
                        key,
                        "does not belong to cid-scheme nghttpx",
                        "Remove it: the secret and server-id-length say it.");
            }
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

    Optional<CidSettings.Config> settings(List<String> backends) {
        List<CidSettings.ServerIdMapping> own = serverIds.mappings(backends);
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
