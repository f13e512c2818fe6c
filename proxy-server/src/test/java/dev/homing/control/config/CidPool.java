package dev.homing.control.config;

import java.nio.file.Path;

/// A configuration with a pool `web` of the backends a, b and c, and what a test says of its
/// connection IDs, which begins in line 8.
final class CidPool {

    private CidPool() {}

    static Loading of(Path folder, String cids) {
        return Loading.of(folder, yaml(cids));
    }

    static String yaml(String cids) {
        return """
        listeners: [{address: "127.0.0.1:4433"}]
        pools:
          web:
            backends:
              - {name: a, address: 10.0.0.1:443}
              - {name: b, address: 10.0.0.2:443}
              - {name: c, address: 10.0.0.3:443}
        """
                + cids.indent(4);
    }
}
