package dev.homing.control.routing;

import dev.homing.cid.CidDecoder;
import dev.homing.cid.CidScheme;
import dev.homing.cid.Mvfst;
import dev.homing.cid.QuicLb;
import dev.homing.cid.ServerIds;
import dev.homing.cid.preset.AwsNlb;
import dev.homing.cid.preset.Msquic;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.cid.CidSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From a pool's settings to the scheme that reads its connection IDs.
final class CidSchemes {

    private final Configuration.Pool pool;
    private final Map<String, Integer> backendIds;

    /// @param backendIds by the backends' names
    CidSchemes(Configuration.Pool pool, Map<String, Integer> backendIds) {
        this.pool = pool;
        this.backendIds = backendIds;
    }

    /// Null if the connection IDs say nothing of the server.
    @Nullable CidScheme scheme() {
        CidSettings cids = pool.cids();
        return switch (cids.scheme()) {
            case LEARNED -> null;
            case QUIC_LB, ENVOY, NGHTTPX -> new QuicLb(configurations(cids));
            case AWS_NLB ->
                    AwsNlb.of(
                            serverIds(cids.serverIds(), AwsNlb.SERVER_ID_BYTES),
                            pool.connectionIdLength().orElse(CidDecoder.LENGTH_UNKNOWN));
            case MVFST -> new Mvfst(serverIds(cids.serverIds(), Mvfst.HOST_ID_BYTES));
            case MSQUIC_IP -> Msquic.of(addresses());
            case MSQUIC_FIXED -> Msquic.of(serverIds(cids.serverIds(), Msquic.SERVER_ID_BYTES));
        };
    }

    private List<QuicLb.Configuration> configurations(CidSettings cids) {
        return cids.configs().stream()
                .map(config ->
                        new QuicLb.Configuration(
                                config.format(),
                                serverIds(
                                        cids.serverIdsOf(config),
                                        config.format().serverIdLength())))
                .toList();
    }

    private ServerIds serverIds(List<CidSettings.ServerIdMapping> mappings, int octets) {
        ServerIds.Builder builder = ServerIds.ofLength(octets);
        for (CidSettings.ServerIdMapping mapping : mappings) {
            builder.add(pool.cids().octetsOf(mapping), id(mapping.backend()));
        }
        return builder.build();
    }

    private ServerIds addresses() {
        ServerIds.Builder builder = ServerIds.ofLength(Msquic.SERVER_ID_BYTES);
        for (Configuration.Backend backend : pool.backends()) {
            builder.add(Msquic.ofAddress(backend.address().getAddress()), id(backend.name()));
        }
        return builder.build();
    }

    private int id(String backend) {
        Integer id = backendIds.get(backend);
        if (id == null) {
            throw new IllegalStateException("no backend " + backend + " in pool " + pool.name());
        }
        return id;
    }
}
