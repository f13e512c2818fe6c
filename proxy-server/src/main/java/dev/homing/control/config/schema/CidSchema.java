package dev.homing.control.config.schema;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.control.config.schema.Key.ListOf;
import dev.homing.control.config.schema.Key.Section;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.value.CidSchemeName;
import dev.homing.control.config.value.Numbers;
import dev.homing.control.config.value.Secrets;
import dev.homing.control.config.value.Words;
import java.util.List;

/// The keys of a pool that say how its servers' connection IDs name them, with the names of the
/// YANG modules of draft-ietf-quic-load-balancers-21, appendix A.
public final class CidSchema {

    public static final Setting<CidSchemeName> SCHEME =
            Setting.of(
                    "cid-scheme",
                    Words.oneOf(List.of(CidSchemeName.values())),
                    CidSchemeName.LEARNED,
                    "How a server's connection IDs say whose they are. `quic-lb` is the standard"
                            + " (draft-ietf-quic-load-balancers-21), `envoy` and `nghttpx` are those servers' forms of it;"
                            + " `aws-nlb` has eight octets in the clear; `mvfst` has Katran's host IDs; `msquic-ip` and"
                            + " `msquic-fixed` are msquic's load balancing modes. What a scheme cannot route goes the way"
                            + " of `learned`.");

    public static final Setting<String> SERVER_ID =
            Setting.required(
                    "server-id",
                    Secrets.serverId(),
                    "The server ID: `server-id-length` octets; with `aws-nlb` eight, with `mvfst` the host ID in four,"
                            + " with `msquic-fixed` the number FixedServerID in four.");
    public static final Setting<String> SERVER_ID_BACKEND =
            Setting.required(
                    "backend",
                    Words.backendName(),
                    "The name of the backend that has this server ID. One backend may have several.");

    private static final Section MAPPING =
            new Section("", "One server ID.", List.of(SERVER_ID, SERVER_ID_BACKEND));

    public static final ListOf<Section> POOL_SERVER_IDS =
            new ListOf<>(
                    "server-id-mappings",
                    "Which server IDs the backends have, for schemes without `cid-configs`, and for those of its"
                            + " entries that have none of their own.",
                    MAPPING);

    public static final Setting<Integer> ROTATION =
            Setting.optional(
                    "config-rotation-bits",
                    Numbers.between(0, QuicLbFormat.MAX_ROTATION),
                    "required; with `nghttpx` the secret says it",
                    "The first three bits of this configuration's connection IDs (Envoy: configuration_version).");
    public static final Setting<Integer> SERVER_ID_LENGTH =
            Setting.required(
                    "server-id-length",
                    Numbers.between(
                            QuicLbFormat.MIN_SERVER_ID_BYTES, QuicLbFormat.MAX_SERVER_ID_BYTES),
                    "Octets of the server ID; with `nghttpx` 4, or 8 with worker and thread.");
    public static final Setting<Integer> NONCE_LENGTH =
            Setting.optional(
                    "nonce-length",
                    Numbers.between(QuicLbFormat.MIN_NONCE_BYTES, QuicLbFormat.MAX_NONCE_BYTES),
                    "required; with `nghttpx` what is left of 16 octets",
                    "Octets of the nonce; server ID and nonce together have at most 19 (Envoy: 18).");
    public static final Setting<CidKey> CID_KEY =
            Setting.optional(
                            "cid-key",
                            Secrets.cidKey(),
                            "none: plaintext",
                            "The AES-128 key that this configuration's servers encrypt server ID and nonce with.")
                    .secret();
    public static final Setting<String> CID_KEY_FILE =
            Setting.optional(
                    "cid-key-file",
                    Words.filePath(),
                    "none",
                    "A file that holds the key, instead of `cid-key`; with `nghttpx` its"
                            + " `--frontend-quic-secret-file`, of which the first line counts that is not empty and does"
                            + " not begin with `#`.");
    public static final Setting<Boolean> ENCODES_LENGTH =
            Setting.of(
                    "first-octet-encodes-cid-length",
                    Words.yesOrNo(),
                    false,
                    "Whether the other five bits of the first octet are the number of octets that follow. `envoy` always"
                            + " does so, `nghttpx` never.");
    public static final ListOf<Section> CONFIG_SERVER_IDS =
            new ListOf<>(
                    "server-id-mappings",
                    "Which server IDs the backends have in this configuration; those of the pool if there are none."
                            + " Configurations with and without a key must not share any (draft section 9.7).",
                    MAPPING);

    public static final ListOf<Section> CONFIGS =
            new ListOf<>(
                    "cid-configs",
                    "The configurations of `quic-lb`, `envoy` and `nghttpx`: one to seven, told apart by their rotation"
                            + " bits, so that servers can move from one to another.",
                    new Section(
                            "",
                            "One configuration.",
                            List.of(
                                    ROTATION,
                                    SERVER_ID_LENGTH,
                                    NONCE_LENGTH,
                                    CID_KEY,
                                    CID_KEY_FILE,
                                    ENCODES_LENGTH,
                                    CONFIG_SERVER_IDS)));

    private CidSchema() {}
}
