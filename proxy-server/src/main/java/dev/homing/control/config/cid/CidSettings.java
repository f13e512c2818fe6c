package dev.homing.control.config.cid;

import dev.homing.cid.preset.Msquic;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.control.config.value.CidSchemeName;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How the connection IDs of a pool's servers name them.
///
/// @param configs of a scheme that has some: one to seven with different rotation bits
/// @param serverIds of the pool, for schemes and configurations without server IDs of their own
public record CidSettings(
        CidSchemeName scheme, List<Config> configs, List<ServerIdMapping> serverIds) {

    public static final CidSettings LEARNED =
            new CidSettings(CidSchemeName.LEARNED, List.of(), List.of());

    public CidSettings {
        configs = List.copyOf(configs);
        serverIds = List.copyOf(serverIds);
    }

    /// @param keyFile where the key, or nghttpx's secret, was read from, if from a file
    /// @param serverIds of this configuration; empty if those of the pool hold
    public record Config(
            QuicLbFormat format, Optional<String> keyFile, List<ServerIdMapping> serverIds) {
        public Config {
            serverIds = List.copyOf(serverIds);
        }
    }

    /// @param serverId octets in hexadecimal, lower case
    /// @param backend its name in the pool
    public record ServerIdMapping(String serverId, String backend) {}

    /// A server ID as it lies in connection IDs.
    public byte[] octetsOf(ServerIdMapping mapping) {
        return scheme == CidSchemeName.MSQUIC_FIXED
                ? Msquic.ofFixedServerId(HexFormat.fromHexDigits(mapping.serverId()))
                : HexFormat.of().parseHex(mapping.serverId());
    }

    /// The server IDs that hold for a configuration.
    public List<ServerIdMapping> serverIdsOf(Config config) {
        return config.serverIds().isEmpty() ? serverIds : config.serverIds();
    }
}
