package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/proc/net/snmp`, `/proc/net/netstat` and `/proc/net/snmp6`: what the IP layer took, gave to the
/// protocols above it, and left.
///
/// ```
/// Ip: Forwarding DefaultTTL InReceives … InDelivers …       Ip6InReceives      34266419
/// Ip: 1 64 571270164 … 571270160 …                          Ip6InDelivers      34266419
/// ```
public final class IpCounters {

    private static final Map<String, String> COUNTERS =
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
                    Map.entry("InCEPkts", "in_congestion_experienced"));

    private static final String IP6 = "Ip6";

    private IpCounters() {}

    /// @param text of `/proc/net/snmp` or of `/proc/net/netstat`, which has the newer ones
    public static List<Reading> ofIp4(String text) {
        List<Reading> readings = new ArrayList<>();
        for (String prefix : List.of("Ip:", "IpExt:")) {
            List<String[]> lines =
                    text.lines().filter(line -> line.startsWith(prefix)).map(Columns::of).toList();
            if (lines.size() == 2) {
                String[] names = lines.getFirst();
                String[] values = lines.getLast();
                for (int i = 1; i < Math.min(names.length, values.length); i++) {
                    add(readings, "ip4", names[i], values[i]);
                }
            }
        }
        return readings;
    }

    /// @param snmp6 the text of `/proc/net/snmp6`
    public static List<Reading> ofIp6(String snmp6) {
        List<Reading> readings = new ArrayList<>();
        snmp6.lines()
                .filter(line -> line.startsWith(IP6))
                .map(Columns::of)
                .filter(columns -> columns.length == 2)
                .forEach(columns ->
                        add(readings, "ip6", columns[0].substring(IP6.length()), columns[1]));
        return readings;
    }

    private static void add(List<Reading> readings, String family, String name, String value) {
        @Nullable String counter = COUNTERS.get(name);
        if (counter != null) {
            Columns.number(value)
                    .ifPresent(n -> readings.add(Reading.of(Quantity.IP, n, family, counter)));
        }
    }
}
