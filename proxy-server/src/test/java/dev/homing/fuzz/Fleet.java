package dev.homing.fuzz;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.ConfigurationLoader;
import dev.homing.control.config.Network;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Sources;
import dev.homing.control.routing.RoutingTables;
import dev.homing.route.RoutingTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A routing table with a pool of each scheme, each with a listener of its own, made from a
/// configuration as an operator would write it.
final class Fleet {

    static final int LISTENERS = 6;

    private static final String YAML =
            """
            listeners:
              - {address: "127.0.0.1:1001", pool: learned}
              - {address: "127.0.0.1:1002", pool: quic-lb}
              - {address: "127.0.0.1:1003", pool: aws}
              - {address: "127.0.0.1:1004", pool: mvfst}
              - {address: "127.0.0.1:1005", pool: msquic}
              - {address: "127.0.0.1:1006", pool: flow}
            pools:
              learned:
                backends: [{name: a, address: "10.0.0.1:443"}, {name: b, address: "10.0.0.2:443"}]
              quic-lb:
                cid-scheme: quic-lb
                cid-configs:
                  - {config-rotation-bits: 0, server-id-length: 2, nonce-length: 6,
                     server-id-mappings: [{server-id: "0c0d", backend: a}]}
                  - {config-rotation-bits: 1, server-id-length: 2, nonce-length: 6,
                     cid-key: 8f95f09245765f80256934e50c66207f, first-octet-encodes-cid-length: true}
                  - {config-rotation-bits: 2, server-id-length: 2, nonce-length: 14,
                     cid-key: 8f95f09245765f80256934e50c66207f}
                server-id-mappings: [{server-id: "0a0b", backend: a}, {server-id: "0000", backend: b}]
                backends: [{name: a, address: "10.0.0.1:443"}, {name: b, address: "10.0.0.2:443"}]
              aws:
                cid-scheme: aws-nlb
                server-id-mappings: [{server-id: "0102030405060708", backend: a}]
                backends: [{name: a, address: "10.0.0.1:443"}]
              mvfst:
                cid-scheme: mvfst
                server-id-mappings: [{server-id: "00000001", backend: b}]
                backends: [{name: b, address: "10.0.0.2:443"}]
              msquic:
                cid-scheme: msquic-ip
                backends: [{name: a, address: "10.0.0.1:443"}, {name: b, address: "10.0.0.2:443"}]
              flow:
                balance: flow
                connection-id-length: 8
                backends: [{name: a, address: "10.0.0.1:443"}, {name: b, address: "10.0.0.2:443",
                            state: draining}]
            """;

    private Fleet() {}

    static RoutingTable table() {
        try {
            Path file = Files.createTempFile("fleet", ".yaml");
            try {
                Files.writeString(file, YAML);
                return new RoutingTables().of(accepted(load(file)));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no file for the configuration", e);
        }
    }

    private static Configuration accepted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted accepted -> accepted.configuration();
            case Outcome.Refused refused ->
                    throw new IllegalStateException(refused.problems().toString());
        };
    }

    /// In a network with the one name `localhost`.
    static Outcome load(Path file) {
        return new ConfigurationLoader(new Loopback())
                .load(
                        new Sources(
                                Optional.of(file.toString()),
                                Map.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of()));
    }

    private static final class Loopback implements Network {
        @Override
        public List<InetAddress> resolve(String name) throws UnknownHostException {
            if (name.equals("localhost")) {
                return List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
            }
            throw new UnknownHostException(name);
        }

        @Override
        public boolean isOwn(InetAddress address) {
            return address.isLoopbackAddress();
        }

        @Override
        public void waiting(String sentence) {
            // Nobody waits.
        }
    }
}
