package dev.homing.control.discovery;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// What is known of a name's addresses of one kind, IPv4 or IPv6.
sealed interface Answer {

    /// @param addresses none if the name has none of this kind, or does not exist
    /// @param ttl how long this may be taken for true
    record Known(List<InetAddress> addresses, Duration ttl) implements Answer {
        public Known {
            addresses = List.copyOf(addresses);
        }
    }

    /// Nobody could say.
    ///
    /// @param why a clause for people
    record Failed(String why) implements Answer {}
}
