package dev.homing.bench.soak.fleet;

import dev.homing.bench.soak.plan.Source;

/// How Homing is told of one server.
///
/// A server of the configuration is in it or is not. One that comes from elsewhere has a line, or a
/// name, that stays: while the server is away that leads to an address at which nobody answers.
final class Listing {

    private static final String LOOPBACK = "127.0.0.1";

    private final Server server;
    private final Source source;
    private int weight = 1;
    private boolean isDraining;
    private boolean isListed = true;
    private String ip = LOOPBACK;

    Listing(Server server, Source source) {
        this.server = server;
        this.source = source;
    }

    void weight(int other) {
        weight = other;
    }

    void drain(boolean is) {
        isDraining = is;
    }

    void enter() {
        isListed = true;
        ip = LOOPBACK;
    }

    /// @param elsewhere an address of this machine that nothing is bound to, another one each time
    void leave(String elsewhere) {
        isListed = false;
        ip = elsewhere;
    }

    boolean isListed() {
        return isListed;
    }

    boolean isFrom(Source other) {
        return source == other;
    }

    /// Whether a backend stands for it, at which nobody answers.
    boolean isElsewhere() {
        return !isListed && source != Source.CONFIGURATION;
    }

    /// Whether its connection IDs tell Homing whose they are, without having been seen before.
    boolean hasServerId() {
        return isListed && source == Source.CONFIGURATION;
    }

    String name() {
        return server.name();
    }

    String ip() {
        return ip;
    }

    /// Where its backend is, as the log has it.
    String address() {
        return ip + ":" + server.port();
    }

    /// RFC 2606 section 2: nobody else's.
    String dnsName() {
        return server.name() + ".soak.test";
    }

    String mapping() {
        return "      - {server-id: \"%s\", backend: %s}%n".formatted(server.id(), name());
    }

    /// An entry of `backends`.
    String entry() {
        return "      - {name: %s, weight: %d, state: %s, address: \"%s\"}%n"
                .formatted(
                        name(),
                        weight,
                        state(),
                        source == Source.NAME ? dnsName() + ":" + server.port() : address());
    }

    /// A line of the file of addresses.
    String line() {
        return "%s=%s,weight=%d,state=%s%n".formatted(name(), address(), weight, state());
    }

    private String state() {
        return isDraining ? "draining" : "active";
    }
}
