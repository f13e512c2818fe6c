package dev.homing.control.config.cid;

import static java.util.stream.Collectors.toSet;

import dev.homing.cid.preset.Msquic;
import dev.homing.control.config.schema.CidSchema;
import dev.homing.control.config.schema.Key;
import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.value.CidSchemeName;
import dev.homing.control.config.value.Words;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;

/// Reads how one pool's connection IDs name its servers. First the keys, when the file is read;
/// then, when the names of the backends are known, what they mean.
public final class CidReading {

    private static final int CONFIGS_MAX = 7;

    private final Reading pool;
    private final Problems problems;
    private final CidSchemeName scheme;

    /// What is written as the scheme is none: that is one problem, and what would belong to it is
    /// no more.
    private final boolean isSchemeUnknown;

    private final List<ConfigReading> configs = new ArrayList<>();
    private final ServerIdReading serverIds;

    public CidReading(Reading pool, Problems problems) {
        this.pool = pool;
        this.problems = problems;
        Optional<CidSchemeName> written = pool.find(CidSchema.SCHEME);
        scheme = written.orElse(CidSchemeName.LEARNED);
        isSchemeUnknown = written.isEmpty() && pool.isWritten(CidSchema.SCHEME);
        for (Reading config : pool.each(CidSchema.CONFIGS)) {
            if (!isSchemeUnknown) {
                configs.add(new ConfigReading(config, scheme, problems));
            }
        }
        serverIds = new ServerIdReading(pool, CidSchema.POOL_SERVER_IDS, problems);
        if (!isSchemeUnknown) {
            checkWhatBelongs();
        }
    }

    private void checkWhatBelongs() {
        String name = Words.print(scheme);
        boolean needsServerIds =
                scheme == CidSchemeName.AWS_NLB
                        || scheme == CidSchemeName.MVFST
                        || scheme == CidSchemeName.MSQUIC_FIXED;
        if (scheme.hasConfigs() && configs.isEmpty() && !pool.isWrongShape(CidSchema.CONFIGS)) {
            problem(
                    CidSchema.CONFIGS,
                    "there is no configuration, and cid-scheme is " + name,
                    "Give at least one with server-id-length.");
        }
        if (configs.size() > CONFIGS_MAX) {
            problem(
                    CidSchema.CONFIGS,
                    configs.size() + " configurations are too many",
                    "Keep to " + CONFIGS_MAX + ": the rotation bits tell no more apart.");
        }
        if (!scheme.hasConfigs() && !configs.isEmpty()) {
            problem(
                    CidSchema.CONFIGS,
                    "does not belong to cid-scheme " + name,
                    "Set cid-scheme to quic-lb, envoy or nghttpx, or remove it.");
        }
        if (!scheme.hasConfigs() && !needsServerIds && !serverIds.isEmpty()) {
            problem(
                    CidSchema.POOL_SERVER_IDS,
                    "does not belong to cid-scheme " + name,
                    scheme == CidSchemeName.MSQUIC_IP
                            ? "Remove it: the servers' addresses are their server IDs."
                            : "Set cid-scheme, or remove it.");
        }
        if (needsServerIds
                && serverIds.isEmpty()
                && !pool.isWrongShape(CidSchema.POOL_SERVER_IDS)) {
            problem(
                    CidSchema.POOL_SERVER_IDS,
                    "there is no server ID, and cid-scheme is " + name,
                    "Give the server ID of each backend.");
        }
    }

    private void problem(Key key, String what, String remedy) {
        problems.add(pool.where(key), pool.path(key), what, remedy);
    }

    /// What the keys come to; [CidSettings#LEARNED] if they are of no use.
    ///
    /// @param addresses of the pool's backends, by their names
    /// @param comesAndGoes whether the pool may have other backends at the next look
    public CidSettings settings(SequencedMap<String, InetAddress> addresses, boolean comesAndGoes) {
        List<String> backends = List.copyOf(addresses.sequencedKeySet());
        List<CidSettings.ServerIdMapping> ofPool = serverIds.mappings(backends, comesAndGoes);
        List<CidSettings.Config> read = new ArrayList<>();
        for (ConfigReading config : configs) {
            Optional<CidSettings.Config> settings = config.settings(backends, comesAndGoes);
            if (settings.isPresent()) {
                read.add(settings.get());
                config.checkServerIds(settings.get(), ofPool);
                config.checkAgainst(configs.subList(0, configs.indexOf(config)));
            }
        }
        if (scheme.serverIdOctets() > 0 && scheme != CidSchemeName.MSQUIC_IP) {
            serverIds.checkLength(scheme.serverIdOctets(), "cid-scheme " + Words.print(scheme));
        }
        if (scheme == CidSchemeName.MVFST) {
            serverIds.refuseZero();
        }
        if (scheme == CidSchemeName.AWS_NLB) {
            refuseShortConnectionIds();
        }
        if (scheme == CidSchemeName.MSQUIC_IP) {
            refuseTwins(addresses);
        }
        CidSettings settings = new CidSettings(scheme, read, ofPool);
        checkAllocations(settings);
        warnOfServersWithout(settings, backends);
        warnOfUnusedServerIds(settings);
        warnOfDensity(settings);
        return settings;
    }

    private void refuseShortConnectionIds() {
        int least = 1 + scheme.serverIdOctets();
        OptionalInt length = pool.get(Schema.POOL_CONNECTION_ID_LENGTH);
        if (length.isPresent() && length.getAsInt() < least) {
            problem(
                    Schema.POOL_CONNECTION_ID_LENGTH,
                    length.getAsInt() + " octets do not hold the first and a server ID",
                    "Give " + least + " or more, or learned.");
        }
    }

    private void refuseTwins(SequencedMap<String, InetAddress> addresses) {
        Map<String, String> owners = new HashMap<>();
        addresses.forEach((name, address) -> {
            String serverId = HexFormat.of().formatHex(Msquic.ofAddress(address));
            String twin = owners.putIfAbsent(serverId, name);
            if (twin != null) {
                problem(
                        CidSchema.SCHEME,
                        "msquic-ip cannot tell %s from %s: the last four octets of their addresses are the same"
                                .formatted(name, twin),
                        "Use msquic-fixed, or one server for each address.");
            }
        });
    }

    /// Draft section 9.7: whoever sees a server ID in the clear and its ciphertext could tell which
    /// is whose.
    private void checkAllocations(CidSettings settings) {
        for (CidSettings.Config plain : settings.configs()) {
            for (CidSettings.Config keyed : settings.configs()) {
                if (plain.format().key() == null
                        && keyed.format().key() != null
                        && plain.format().serverIdLength() == keyed.format().serverIdLength()) {
                    settings.serverIdsOf(plain).stream()
                            .filter(mapping ->
                                    settings.serverIdsOf(keyed).stream()
                                            .anyMatch(other ->
                                                    other.serverId().equals(mapping.serverId())))
                            .findFirst()
                            .ifPresent(shared ->
                                    problem(
                                            CidSchema.CONFIGS,
                                            "server ID %s is in config-rotation-bits %d, which has no key, and in %d, which has one"
                                                    .formatted(
                                                            shared.serverId(),
                                                            plain.format().configRotationBits(),
                                                            keyed.format().configRotationBits()),
                                            "Give configurations with a key server IDs of their own: in the clear they"
                                                    + " give away what the others encrypt."));
                }
            }
        }
    }

    private void warnOfServersWithout(CidSettings settings, List<String> backends) {
        if (settings.scheme() == CidSchemeName.LEARNED
                || settings.scheme() == CidSchemeName.MSQUIC_IP) {
            return;
        }
        List<CidSettings.ServerIdMapping> used =
                settings.scheme().hasConfigs()
                        ? settings.configs().stream()
                                .flatMap(config -> settings.serverIdsOf(config).stream())
                                .toList()
                        : settings.serverIds();
        Set<String> named =
                used.stream().map(CidSettings.ServerIdMapping::backend).collect(toSet());
        List<String> without =
                backends.stream().filter(backend -> !named.contains(backend)).toList();
        if (!without.isEmpty() && !named.isEmpty()) {
            problems.warn(
                    pool.where(CidSchema.SCHEME),
                    pool.path(CidSchema.SCHEME),
                    "no server ID names " + Listed.of(without),
                    "Connections to such a server are lost when their client changes address and connection ID at once.");
        }
    }

    private void warnOfUnusedServerIds(CidSettings settings) {
        if (!settings.serverIds().isEmpty()
                && !settings.configs().isEmpty()
                && settings.configs().stream().noneMatch(config -> config.serverIds().isEmpty())) {
            problems.warn(
                    pool.where(CidSchema.POOL_SERVER_IDS),
                    pool.path(CidSchema.POOL_SERVER_IDS),
                    "nothing uses them: each configuration has server IDs of its own",
                    "Remove one of the two.");
        }
    }

    /// Draft section 5.1: what clients choose at random for their first packets may name a server.
    private void warnOfDensity(CidSettings settings) {
        double share = Density.shareOfFirstChoices(settings);
        if (share > Density.TOLERABLE) {
            problems.warn(
                    pool.where(CidSchema.CONFIGS),
                    pool.path(CidSchema.CONFIGS),
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of new connections go where their client's random connection ID happens to point",
                            100 * share),
                    "Use longer server IDs, three octets or more, so that few of the possible ones are in use.");
        }
    }
}
