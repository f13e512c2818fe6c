package dev.homing.command;

/// What the tests of `explain` explain.
final class ForExplain {

    static final String YAML =
            """
            listeners:
              - {address: "127.0.0.1:4433", pool: web}
              - {address: "0.0.0.0:4434", pool: api}
            pools:
              web:
                cid-scheme: quic-lb
                cid-configs:
                  - config-rotation-bits: 0
                    server-id-length: 3
                    nonce-length: 4
                    cid-key: fdf726a9893ec05c0632d3956680baf0
                server-id-mappings:
                  - {server-id: 31441a, backend: a}
                backends:
                  - {name: a, address: 10.0.0.1:4433, weight: 0}
                  - {name: b, address: 10.0.0.2:4433}
              api:
                balance: flow
                backends:
                  - {name: c, address: 10.0.0.3:4433}
            """;

    static final String HASH_KEY = "--set=hash-key=00112233445566778899aabbccddeeff";

    /// A version 1 Initial of a client, which names nobody.
    static final String INITIAL = "c00000000108e394c8f03e515708" + "020102" + "0000";

    /// A short header to the backend a.
    static final String SHORT = "40" + "0767947d29be054a" + "00".repeat(30);

    private ForExplain() {}
}
