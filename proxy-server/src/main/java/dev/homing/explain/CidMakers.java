package dev.homing.explain;

import dev.homing.cid.preset.AwsNlb;
import dev.homing.cid.preset.Msquic;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.cid.CidSettings;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Finds the server IDs of a backend and how its pool's scheme puts them into connection IDs.
public final class CidMakers {

    /// As AWS's own example has it: the first octet, the server ID and seven more.
    private static final int AWS_NLB_CONNECTION_ID_BYTES = 1 + AwsNlb.SERVER_ID_BYTES + 7;

    private CidMakers() {}

    /// One for each server ID of the backend, in the order of writing; none if it has none.
    public static List<CidMaker> of(Configuration.Pool pool, Configuration.Backend backend) {
        CidSettings cids = pool.cids();
        List<CidMaker> makers = new ArrayList<>();
        switch (cids.scheme()) {
            case LEARNED -> {
                // Its connection IDs say nothing of the server.
            }
            case QUIC_LB, ENVOY, NGHTTPX -> {
                for (CidSettings.Config config : cids.configs()) {
                    for (CidSettings.ServerIdMapping own : own(cids.serverIdsOf(config), backend)) {
                        makers.add(
                                new QuicLbMaker(
                                        config.format(), own.serverId(), cids.octetsOf(own)));
                    }
                }
            }
            case AWS_NLB ->
                    own(cids.serverIds(), backend)
                            .forEach(own ->
                                    makers.add(
                                            new PlainMaker(
                                                    own.serverId(),
                                                    cids.octetsOf(own),
                                                    pool.connectionIdLength()
                                                            .orElse(AWS_NLB_CONNECTION_ID_BYTES),
                                                    pool.connectionIdLength().isPresent())));
            case MSQUIC_FIXED ->
                    own(cids.serverIds(), backend)
                            .forEach(own -> makers.add(msquic(own.serverId(), cids.octetsOf(own))));
            case MSQUIC_IP -> {
                byte[] octets = Msquic.ofAddress(backend.address().getAddress());
                makers.add(msquic(HexFormat.of().formatHex(octets), octets));
            }
            case MVFST ->
                    own(cids.serverIds(), backend)
                            .forEach(own -> makers.add(new MvfstMaker(own.serverId())));
        }
        return makers;
    }

    private static PlainMaker msquic(String serverId, byte[] octets) {
        return new PlainMaker(serverId, octets, Msquic.CONNECTION_ID_BYTES, true);
    }

    private static List<CidSettings.ServerIdMapping> own(
            List<CidSettings.ServerIdMapping> mappings, Configuration.Backend backend) {
        return mappings.stream()
                .filter(mapping -> mapping.backend().equals(backend.name()))
                .toList();
    }
}
