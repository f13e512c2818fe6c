package dev.homing.control.discovery;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names that this machine knows by itself: `/etc/hosts`, read each time.
final class HostsFile {

    /// It has no time to live, and costs nothing to look at.
    private static final Duration TTL = Duration.ofSeconds(5);

    private HostsFile() {}

    /// Empty if the name is not there.
    static Optional<Lookup.Found> find(String name) {
        HostsFileEntriesProvider entries;
        try {
            entries = HostsFileEntriesProvider.parser().parse();
        } catch (IOException e) {
            return Optional.empty(); // there is none, as in small images
        }
        List<InetAddress> ipv4 = of(entries.ipv4Entries(), name);
        List<InetAddress> ipv6 = of(entries.ipv6Entries(), name);
        return ipv4.isEmpty() && ipv6.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Lookup.Found(new Answer.Known(ipv4, TTL), new Answer.Known(ipv6, TTL)));
    }

    private static List<InetAddress> of(Map<String, List<InetAddress>> entries, String name) {
        return entries.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
