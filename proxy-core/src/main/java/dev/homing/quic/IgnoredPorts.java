package dev.homing.quic;

/// Source ports that QUIC servers ignore, because the answer could be the reflected half of an
/// attack on the protocol that the port belongs to (RFC 9308 section 8.1).
public final class IgnoredPorts {

    private IgnoredPorts() {}

    public static boolean contains(int port) {
        return switch (port) {
            case 0, // not a port
                    17, // quote of the day
                    19, // character generator
                    53, // DNS
                    111, // portmapper
                    123, // NTP
                    137, // NetBIOS name service
                    138, // NetBIOS datagrams
                    161, // SNMP
                    389, // CLDAP
                    500, // IKE
                    1900, // SSDP
                    3702, // web services discovery
                    5353, // multicast DNS
                    5355, // LLMNR
                    11211 // memcached
                    ->
                    true;
            default -> false;
        };
    }
}
