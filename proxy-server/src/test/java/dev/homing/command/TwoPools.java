package dev.homing.command;

/// A pool with QUIC-LB's connection IDs, some in the clear and some not, and a pool that learns.
final class TwoPools {

    /// Of the draft's worked example (section 5.4.2.4 of draft-ietf-quic-load-balancers-21), as is
    /// 0767947d29be054a.
    static final String KEY = "fdf726a9893ec05c0632d3956680baf0";

    static final String YAML =
            """
            listeners:
              - {address: "127.0.0.1:4433", pool: web}
              - {address: "127.0.0.1:4434", pool: api}
            pools:
              web:
                cid-scheme: quic-lb
                cid-configs:
                  - config-rotation-bits: 0
                    server-id-length: 3
                    nonce-length: 4
                    cid-key: fdf726a9893ec05c0632d3956680baf0
                  - config-rotation-bits: 1
                    server-id-length: 2
                    nonce-length: 6
                    first-octet-encodes-cid-length: true
                    server-id-mappings:
                      - {server-id: "0001", backend: a}
                server-id-mappings:
                  - {server-id: 31441a, backend: a}
                  - {server-id: 31441b, backend: b}
                  - {server-id: 31441c, backend: b}
                backends:
                  - {name: a, address: 10.0.0.1:4433}
                  - {name: b, address: "[2001:db8::2]:4433", state: draining}
                  - {name: spare, address: 10.0.0.9:4433}
              api:
                backends:
                  - {name: a, address: 10.0.0.1:4433}
                  - {name: c, address: 10.0.0.3:4433}
            """;

    private TwoPools() {}
}
