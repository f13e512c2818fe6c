package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `/proc/net/snmp`, `/proc/net/netstat` and `/proc/net/snmp6`: what the IP layer took, gave to the
/// protocols above it, and left.
///
/// ```
/// Ip: Forwarding DefaultTTL InReceives … InDelivers …       Ip6InReceives      34266419
/// Ip: 1 64 571270164 … 571270160 …                          Ip6InDelivers      34266419
/// ```
public final class IpCounters {

    private static final SnmpText IP =
            new SnmpText(
                    Quantity.IP,
                    Map.ofEntries(
                            Map.entry("InReceives", "in_receives"),
                            Map.entry("InDelivers", "in_delivers"),
                            Map.entry("InDiscards", "in_discards"),
                            Map.entry("InHdrErrors", "in_header_errors"),
                            Map.entry("InAddrErrors", "in_address_errors"),
                            Map.entry("InUnknownProtos", "in_unknown_protocols"),
                            Map.entry("InMcastPkts", "in_multicast"),
                            Map.entry("ForwDatagrams", "forwarded"),
                            Map.entry("OutForwDatagrams", "forwarded"), // the same of IPv6
                            Map.entry("ReasmReqds", "reassembly_needed"),
                            Map.entry("ReasmOKs", "reassembled"),
                            Map.entry("ReasmFails", "reassembly_failed"),
                            Map.entry("InECT0Pkts", "in_ect_0"),
                            Map.entry("InECT1Pkts", "in_ect_1"),
                            Map.entry("InCEPkts", "in_congestion_experienced")));

    private IpCounters() {}

    /// @param text of `/proc/net/snmp` or of `/proc/net/netstat`, which has the newer ones
    public static List<Reading> ofIp4(String text) {
        List<Reading> readings = new ArrayList<>(IP.ofIp4(text, "Ip:"));
        readings.addAll(IP.ofIp4(text, "IpExt:"));
        return readings;
    }

    /// @param snmp6 the text of `/proc/net/snmp6`
    public static List<Reading> ofIp6(String snmp6) {
        return IP.ofIp6(snmp6, "Ip6");
    }
}
