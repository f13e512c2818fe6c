package dev.homing.control.config;

import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.source.Problems;
import dev.homing.control.config.source.Reading;
import dev.homing.control.config.source.Where;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Shown;
import dev.homing.control.config.value.Steering;
import dev.homing.control.config.value.Suggestion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the listeners: one for each address of a name and each port of a range.
final class ListenerReading {

    private record Written(
            Optional<AddressText> address, Where where, String key, Reading reading) {}

    private final Problems problems;
    private final List<Written> written = new ArrayList<>();
    private final boolean isAnyListed;
    private final Where list;

    ListenerReading(Reading root, Problems problems) {
        this.problems = problems;
        this.list = root.where(Schema.LISTENERS);
        List<Reading> readings = root.each(Schema.LISTENERS);
        // What is no list at all is reported as that.
        isAnyListed = !readings.isEmpty() || root.isWrongShape(Schema.LISTENERS);
        for (Reading reading : readings) {
            written.add(
                    new Written(
                            reading.find(Schema.LISTENER_ADDRESS),
                            reading.where(Schema.LISTENER_ADDRESS),
                            reading.path(Schema.LISTENER_ADDRESS),
                            reading));
        }
    }

    List<AddressText> addresses() {
        return written.stream().flatMap(listener -> listener.address().stream()).toList();
    }

    /// @param pools the names of all pools, in order
    List<Configuration.Listener> listeners(HostNames names, List<String> pools) {
        if (!isAnyListed) {
            problems.add(
                    list,
                    Schema.LISTENERS.name(),
                    "there is no listener",
                    "Give at least one address to receive on, for example --listen :4433.");
        }
        List<Configuration.Listener> listeners = new ArrayList<>();
        Map<InetSocketAddress, Where> places = new HashMap<>();
        for (Written listener : written) {
            String pool = pool(listener.reading(), pools).orElse("");
            Steering steering = listener.reading().get(Schema.LISTENER_STEERING);
            for (InetSocketAddress address :
                    listener.address()
                            .map(text -> expand(text, listener, names))
                            .orElse(List.of())) {
                Where first = places.putIfAbsent(address, listener.where());
                if (first != null && address.getPort() != 0) {
                    problems.add(
                            listener.where(),
                            listener.key(),
                            IpText.print(address) + " is listened on already, at " + first.text(),
                            "Remove one of the two.");
                }
                listeners.add(new Configuration.Listener(address, pool, steering));
            }
        }
        if (listeners.size() > Configuration.LISTENERS_MAX) {
            problems.add(
                    list,
                    Schema.LISTENERS.name(),
                    listeners.size() + " addresses and ports are too many",
                    "Listen on at most " + Configuration.LISTENERS_MAX + ".");
        }
        return listeners;
    }

    private List<InetSocketAddress> expand(AddressText text, Written listener, HostNames names) {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress ip : names.of(text, listener.where(), listener.key(), problems)) {
            if (ip.isMulticastAddress()) {
                problems.add(
                        listener.where(),
                        listener.key(),
                        Shown.value(text.text()) + " is a multicast address",
                        "Give a unicast address: QUIC has no other.");
            }
            for (int port = text.firstPort(); port <= text.lastPort(); port++) {
                addresses.add(new InetSocketAddress(ip, port));
            }
        }
        return addresses;
    }

    private Optional<String> pool(Reading listener, Collection<String> pools) {
        Optional<String> named = listener.find(Schema.LISTENER_POOL);
        if (named.isPresent() && !pools.contains(named.get())) {
            problems.add(
                    listener.where(Schema.LISTENER_POOL),
                    listener.path(Schema.LISTENER_POOL),
                    "there is no pool " + Shown.value(named.get()),
                    Suggestion.didYouMean(named.get(), pools)
                            + (pools.isEmpty()
                                    ? "Define it under pools."
                                    : "The pools are " + String.join(", ", pools) + "."));
            return Optional.empty();
        }
        if (named.isEmpty() && pools.size() > 1 && !listener.isWritten(Schema.LISTENER_POOL)) {
            problems.add(
                    listener.where(),
                    listener.path(Schema.LISTENER_POOL),
                    "is missing, and there are " + pools.size() + " pools",
                    "Name one of " + String.join(", ", pools) + ".");
        }
        return named.or(() -> pools.stream().findFirst());
    }
}
