package dev.homing.control.routing;

import dev.homing.route.Backend;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The numbers of backend addresses, which sessions and connection IDs refer to.
///
/// An address keeps its number for as long as there are others left: there are [Backend#MAX_COUNT],
/// and backends that names and files bring come and go for months. Then the address that left
/// longest ago gives its number to a new one. What still refers to it is connection IDs that no
/// client has used for long.
///
/// One thread at a time.
final class BackendNumbers {

    private final Map<InetSocketAddress, Integer> numbers = new HashMap<>();

    /// Those that no table has, in the order in which they left.
    private final Map<InetSocketAddress, Integer> left = new LinkedHashMap<>();

    private final int most;
    private int next;

    BackendNumbers() {
        this(Backend.MAX_COUNT);
    }

    BackendNumbers(int most) {
        this.most = most;
    }

    /// Makes the numbers of all other addresses free to be given away.
    void keepOnly(Set<InetSocketAddress> addresses) {
        numbers.entrySet()
                .removeIf(entry -> {
                    boolean isLeaving = !addresses.contains(entry.getKey());
                    if (isLeaving) {
                        left.put(entry.getKey(), entry.getValue());
                    }
                    return isLeaving;
                });
    }

    /// @throws IllegalStateException if there are more addresses than numbers, which the limits of
    ///   the configuration rule out
    int of(InetSocketAddress address) {
        Integer known = numbers.get(address);
        if (known == null) {
            known = left.remove(address);
        }
        if (known == null) {
            known = next < most ? Integer.valueOf(next++) : eldest();
        }
        numbers.put(address, known);
        return known;
    }

    private Integer eldest() {
        Iterator<Integer> eldest = left.values().iterator();
        if (!eldest.hasNext()) {
            throw new IllegalStateException("more than " + most + " backend addresses");
        }
        Integer number = eldest.next();
        eldest.remove();
        return number;
    }
}
