package dev.homing.observe.machine.text;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The memory of all UDP sockets of the machine, IPv4 and IPv6, in pages.
public final class UdpMemory {

    private static final List<String> LEVELS = List.of("low", "pressure", "max");

    private UdpMemory() {}

    /// @param sockstat the text of `/proc/net/sockstat`, with a line `UDP: inuse 5 mem 2`
    public static Optional<Reading> used(String sockstat) {
        for (String line : (Iterable<String>) sockstat.lines()::iterator) {
            String[] columns = Columns.of(line);
            if (columns[0].equals("UDP:")) {
                for (int i = 1; i + 1 < columns.length; i += 2) {
                    if (columns[i].equals("mem")) {
                        return Single.of(Quantity.UDP_MEMORY, columns[i + 1]);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// @param udpMem the text of `net.ipv4.udp_mem`: three numbers (udp(7))
    public static List<Reading> limits(String udpMem) {
        String[] columns = Columns.of(udpMem);
        List<Reading> readings = new ArrayList<>();
        if (columns.length == LEVELS.size()) {
            for (int i = 0; i < columns.length; i++) {
                String level = LEVELS.get(i);
                Columns.number(columns[i])
                        .ifPresent(
                                n -> readings.add(Reading.of(Quantity.UDP_MEMORY_LIMIT, n, level)));
            }
        }
        return readings;
    }
}
