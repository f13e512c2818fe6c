package dev.homing.control.config;

import dev.homing.cid.quiclb.CidKey;
import dev.homing.cid.quiclb.QuicLbFormat;
import dev.homing.control.config.cid.CidSettings;
import dev.homing.control.config.schema.CidSchema;
import dev.homing.control.config.value.CidSchemeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prints [CidSettings] with the names of the schema.
final class CidText {

    private CidText() {}

    static void put(Map<String, Object> pool, CidSettings cids) {
        ConfigurationText.put(pool, CidSchema.SCHEME, cids.scheme());
        // Lists of their own: YAML prints a list that stands in two places as a reference.
        List<Object> configs = new ArrayList<>();
        cids.configs().forEach(config -> configs.add(config(cids.scheme(), config)));
        pool.put(CidSchema.CONFIGS.name(), configs);
        pool.put(CidSchema.POOL_SERVER_IDS.name(), serverIds(cids.serverIds()));
    }

    private static Map<String, Object> config(CidSchemeName scheme, CidSettings.Config config) {
        Map<String, Object> values = new LinkedHashMap<>();
        QuicLbFormat format = config.format();
        boolean isSecretTelling = scheme == CidSchemeName.NGHTTPX;
        if (!isSecretTelling) {
            ConfigurationText.put(values, CidSchema.ROTATION, format.configRotationBits());
        }
        ConfigurationText.put(values, CidSchema.SERVER_ID_LENGTH, format.serverIdLength());
        if (!isSecretTelling) {
            ConfigurationText.put(values, CidSchema.NONCE_LENGTH, format.nonceLength());
        }
        CidKey key = format.key();
        if (config.keyFile().isPresent()) {
            ConfigurationText.put(values, CidSchema.CID_KEY_FILE, config.keyFile().get());
        } else if (key != null) {
            ConfigurationText.put(values, CidSchema.CID_KEY, key);
        }
        ConfigurationText.put(
                values, CidSchema.ENCODES_LENGTH, format.firstOctetEncodesCidLength());
        values.put(CidSchema.CONFIG_SERVER_IDS.name(), serverIds(config.serverIds()));
        return values;
    }

    private static List<Object> serverIds(List<CidSettings.ServerIdMapping> mappings) {
        List<Object> printed = new ArrayList<>();
        for (CidSettings.ServerIdMapping mapping : mappings) {
            Map<String, Object> values = new LinkedHashMap<>();
            ConfigurationText.put(values, CidSchema.SERVER_ID, mapping.serverId());
            ConfigurationText.put(values, CidSchema.SERVER_ID_BACKEND, mapping.backend());
            printed.add(values);
        }
        return printed;
    }
}
