package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.Addresses;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Parsed;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which listener a datagram came to.
final class ListenerOption {

    @Option(
            names = "--listener",
            paramLabel = "ADDRESS",
            description =
                    "The listener that is written to, as in the configuration. Default: the only one, or any of"
                            + " those of one pool.")
    @Nullable String address;

    /// The index of the listener, or of the first of those that are alike.
    ///
    /// @param line of the command, for a complaint
    int of(Configuration configuration, CommandLine line) {
        List<Configuration.Listener> listeners = configuration.listeners();
        String asked = address;
        if (asked == null) {
            if (listeners.stream().map(Configuration.Listener::pool).distinct().count() > 1) {
                throw new ParameterException(
                        line,
                        "there are listeners of several pools: give --listener with one of "
                                + addresses(listeners)
                                + ".");
            }
            return 0;
        }
        return IntStream.range(0, listeners.size())
                .filter(i -> isMeant(asked, listeners.get(i).address()))
                .findFirst()
                .orElseThrow(() ->
                        new ParameterException(
                                line,
                                "there is no listener '%s'. There are %s."
                                        .formatted(asked, addresses(listeners))));
    }

    private static boolean isMeant(String asked, InetSocketAddress listener) {
        return Addresses.listener().read(asked)
                        instanceof Parsed.Good<AddressText>(AddressText text)
                && text.firstPort() == listener.getPort()
                && IpText.literal(text.host()).equals(Optional.of(listener.getAddress()));
    }

    private static String addresses(List<Configuration.Listener> listeners) {
        return String.join(
                ", ",
                listeners.stream().map(listener -> IpText.print(listener.address())).toList());
    }

    /// The listener that receives what is sent to an address: the one at that address, else one for
    /// all addresses, else one on that port, since the capture may be from where the address was
    /// another. Negative if none has the port.
    static int receiving(Configuration configuration, InetSocketAddress to) {
        int best = -1;
        int bestFit = 0;
        for (int i = 0; i < configuration.listeners().size(); i++) {
            InetSocketAddress listener = configuration.listeners().get(i).address();
            int fit =
                    listener.getPort() != to.getPort()
                            ? 0
                            : listener.getAddress().equals(to.getAddress())
                                    ? 3
                                    : listener.getAddress().isAnyLocalAddress() ? 2 : 1;
            if (fit > bestFit) {
                best = i;
                bestFit = fit;
            }
        }
        return best;
    }
}
