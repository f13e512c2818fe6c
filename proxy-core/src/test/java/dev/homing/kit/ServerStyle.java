package dev.homing.kit;

import dev.homing.route.Backend;

/// How a model server behaves.
///
/// @param cidLength octets of the connection IDs that it chooses, 0 to 20
/// @param retries whether it validates addresses by a Retry
/// @param keepsClientsChoice whether it goes on with the client's first choice if that has 8 octets
/// @param backend where it is
public record ServerStyle(
        Backend backend, int cidLength, boolean retries, boolean keepsClientsChoice) {

    public static ServerStyle plain(int id, int cidLength) {
        return new ServerStyle(Backends.ipv4(id), cidLength, false, false);
    }

    public static ServerStyle retrying(int id, int cidLength) {
        return new ServerStyle(Backends.ipv4(id), cidLength, true, false);
    }

    /// As google/quiche does.
    public static ServerStyle keeping(int id) {
        return new ServerStyle(Backends.ipv4(id), 8, false, true);
    }

    public static ServerStyle ipv6(int id, int cidLength) {
        return new ServerStyle(Backends.ipv6(id), cidLength, false, false);
    }
}
