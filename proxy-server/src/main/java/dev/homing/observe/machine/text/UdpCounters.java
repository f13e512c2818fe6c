package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/proc/net/snmp` and `/proc/net/snmp6`: what UDP did in this network namespace.
///
/// ```
/// Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors …       Udp6InDatagrams    34785465
/// Udp: 470923835 27962587 40312392 513009143 40312392 …               Udp6NoPorts        1264
/// ```
///
/// InCsumErrors came with Linux 3.10, IgnoredMulti with 4.0, MemErrors with 5.11.
public final class UdpCounters {

    private static final Map<String, String> COUNTERS =
            Map.of(
                    "InDatagrams", "in_datagrams",
                    "NoPorts", "no_ports",
                    "InErrors", "in_errors",
                    "OutDatagrams", "out_datagrams",
                    "RcvbufErrors", "receive_buffer_errors",
                    "SndbufErrors", "send_buffer_errors",
                    "InCsumErrors", "in_checksum_errors",
                    "MemErrors", "memory_errors",
                    "IgnoredMulti", "ignored_multi");

    private static final String IP4 = "Udp:";
    private static final String IP6 = "Udp6";

    private UdpCounters() {}

    /// @param snmp the text of `/proc/net/snmp`
    public static List<Reading> ofIp4(String snmp) {
        List<String[]> lines =
                snmp.lines().filter(line -> line.startsWith(IP4)).map(Columns::of).toList();
        List<Reading> readings = new ArrayList<>();
        if (lines.size() == 2) {
            String[] names = lines.getFirst();
            String[] values = lines.getLast();
            for (int i = 1; i < Math.min(names.length, values.length); i++) {
                add(readings, "ip4", names[i], values[i]);
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
                    .ifPresent(n -> readings.add(Reading.of(Quantity.UDP, n, family, counter)));
        }
    }
}
