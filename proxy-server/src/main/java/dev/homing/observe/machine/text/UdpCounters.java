package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.List;
import java.util.Map;

/// `/proc/net/snmp` and `/proc/net/snmp6`: what UDP did in this network namespace.
///
/// ```
/// Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors …       Udp6InDatagrams    34785465
/// Udp: 470923835 27962587 40312392 513009143 40312392 …               Udp6NoPorts        1264
/// ```
///
/// InCsumErrors came with Linux 3.10, IgnoredMulti with 4.0, MemErrors with 5.11.
public final class UdpCounters {

    private static final SnmpText UDP =
            new SnmpText(
                    Quantity.UDP,
                    Map.of(
                            "InDatagrams", "in_datagrams",
                            "NoPorts", "no_ports",
                            "InErrors", "in_errors",
                            "OutDatagrams", "out_datagrams",
                            "RcvbufErrors", "receive_buffer_errors",
                            "SndbufErrors", "send_buffer_errors",
                            "InCsumErrors", "in_checksum_errors",
                            "MemErrors", "memory_errors",
                            "IgnoredMulti", "ignored_multi"));

    private UdpCounters() {}

    /// @param snmp the text of `/proc/net/snmp`
    public static List<Reading> ofIp4(String snmp) {
        return UDP.ofIp4(snmp, "Udp:");
    }

    /// @param snmp6 the text of `/proc/net/snmp6`
    public static List<Reading> ofIp6(String snmp6) {
        return UDP.ofIp6(snmp6, "Udp6");
    }
}
