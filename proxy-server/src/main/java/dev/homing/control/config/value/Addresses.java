package dev.homing.control.config.value;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `HOST:PORT` in the shapes that listeners, backends and the admin address allow.
public final class Addresses {

    /// A range longer than this is more likely a slip than a wish, and each port is a socket per
    /// receiver.
    public static final int PORTS_MAX = 64;

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    /// RFC 1123 section 2.1, and the underscore that container platforms put into service names.
    private static final Pattern HOST_NAME =
            Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?");

    private Addresses() {}

    /// Where to receive: any address of this machine, wildcards, port ranges, and port 0 for any
    /// free port.
    public static Kind<AddressText> listener() {
        return kind(
                "an address: `IP:PORT`, `[IPv6]:PORT`, `NAME:PORT`, `:PORT`, or a range of ports `IP:PORT-PORT`",
                Addresses::read);
    }

    /// Where a server is: one port. Whether the host means "all addresses" shows when it is
    /// resolved.
    public static Kind<AddressText> backend() {
        return kind(
                "an address: `IP:PORT`, `[IPv6]:PORT` or `NAME:PORT`",
                text ->
                        switch (read(text)) {
                            case Parsed.Good<AddressText>(AddressText address) ->
                                    checkBackend(address);
                            case Parsed<AddressText> bad -> bad;
                        });
    }

    /// One address with one port, or `off`.
    public static Kind<Optional<AddressText>> addressOrOff() {
        return new Kind<>(
                "an address: `IP:PORT`, `[IPv6]:PORT`, `NAME:PORT` or `:PORT`; or `off`",
                text ->
                        text.equals("off")
                                ? Parsed.good(Optional.empty())
                                : switch (read(text)) {
                                    case Parsed.Good<AddressText>(AddressText address)
                                            when address.isRange() ->
                                            Parsed.bad(
                                                    Shown.value(text) + " is a range of ports",
                                                    "Give one port.");
                                    case Parsed.Good<AddressText>(AddressText address) ->
                                            Parsed.good(Optional.of(address));
                                    case Parsed.Bad<AddressText>(String what, String remedy) ->
                                            Parsed.bad(what, remedy);
                                },
                address -> address.map(AddressText::print).orElse("off"));
    }

    private static Kind<AddressText> kind(
            String form, Function<String, Parsed<AddressText>> reader) {
        return new Kind<>(form, reader, AddressText::print);
    }

    private static Parsed<AddressText> checkBackend(AddressText address) {
        if (address.isRange()) {
            return Parsed.bad(
                    Shown.value(address.text()) + " is a range of ports",
                    "List one backend for each port.");
        }
        if (address.firstPort() == 0) {
            return Parsed.bad(
                    Shown.value(address.text()) + " has port 0",
                    "Give the port that the server listens on.");
        }
        return Parsed.good(address);
    }

    private static Parsed<AddressText> read(String text) {
        if (text.isEmpty()) {
            return Parsed.bad(
                    "is empty", "Give an address with a port, for example 10.0.0.1:4433.");
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            return Parsed.bad(
                    Shown.value(text) + " is a URL",
                    "Leave out "
                            + Shown.value(text.substring(0, scheme + 3))
                            + ": write HOST:PORT.");
        }
        if (text.startsWith("[")) {
            return readBracketed(text);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            return text.matches("[0-9]{1,5}")
                    ? Parsed.bad(
                            Shown.value(text) + " is a port without an address",
                            "Write :" + text + " for all addresses, or ADDRESS:" + text + ".")
                    : Parsed.bad(
                            Shown.value(text) + " has no port", "Give a port: " + text + ":4433.");
        }
        int lastColon = text.lastIndexOf(':');
        if (colon != lastColon) {
            return unbracketed(text, lastColon);
        }
        String host = text.substring(0, colon);
        String ports = text.substring(colon + 1);
        if (host.isEmpty() || host.equals("*")) {
            return readPorts(text, "::", ports);
        }
        if (host.matches("[0-9.]+") && IpText.literal(host).isEmpty()) {
            return Parsed.bad(
                    Shown.value(host) + " is not an IPv4 address",
                    "Write four numbers from 0 to 255 without leading zeros, for example 10.0.0.1.");
        }
        if (!HOST_NAME.matcher(host).matches() || host.contains("..")) {
            return Parsed.bad(
                    Shown.value(host) + " is neither an IP address nor a host name",
                    "Write HOST:PORT, for example 10.0.0.1:4433.");
        }
        return readPorts(text, host, ports);
    }

    private static Parsed<AddressText> readBracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            return Parsed.bad(
                    Shown.value(text) + " has no closing bracket",
                    "Write [ADDRESS]:PORT, for example [::1]:4433.");
        }
        String host = text.substring(1, end);
        if (host.indexOf(':') < 0 || IpText.literal(host).isEmpty()) {
            return Parsed.bad(
                    Shown.value(host)
                            + (host.indexOf('%') < 0
                                    ? " is not an IPv6 address"
                                    : " is not an IPv6 address with an interface of this machine"),
                    "Brackets go around IPv6 addresses: [ADDRESS]:PORT, for example [::1]:4433.");
        }
        if (!text.startsWith("]:", end)) {
            return Parsed.bad(
                    Shown.value(text) + " has no port",
                    "Give a port: " + text.substring(0, end + 1) + ":4433.");
        }
        return readPorts(text, host, text.substring(end + 2));
    }

    private static Parsed<AddressText> unbracketed(String text, int lastColon) {
        String head = text.substring(0, lastColon);
        String tail = text.substring(lastColon + 1);
        if (IpText.literal(head).isPresent() && PORTS.matcher(tail).matches()) {
            return Parsed.bad(
                    Shown.value(text) + " is an IPv6 address without brackets",
                    "Write [" + head + "]:" + tail + ".");
        }
        return IpText.literal(text).isPresent()
                ? Parsed.bad(
                        Shown.value(text) + " is an IPv6 address without brackets and port",
                        "Write [" + text + "]:4433.")
                : Parsed.bad(
                        Shown.value(text) + " is not an address",
                        "Write HOST:PORT, or [ADDRESS]:PORT for IPv6.");
    }

    private static Parsed<AddressText> readPorts(String text, String host, String ports) {
        Matcher range = PORTS.matcher(ports);
        if (!range.matches()) {
            return ports.isEmpty()
                    ? Parsed.bad(
                            Shown.value(text) + " has no port", "Give a port: " + text + "4433.")
                    : Parsed.bad(
                            Shown.value(ports) + " is not a port",
                            "Give a number from 1 to 65535.");
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        if (first > 65_535 || last > 65_535) {
            return Parsed.bad(
                    Shown.value(ports) + " is beyond the last port",
                    "Give a number from 1 to 65535.");
        }
        if (range.group(2) != null && (first == 0 || first > last)) {
            return Parsed.bad(
                    Shown.value(ports) + " is not a range of ports",
                    "Write the lower port first, from 1 to 65535: 4433-4436.");
        }
        if (last - first >= PORTS_MAX) {
            return Parsed.bad(
                    Shown.value(ports) + " are " + (last - first + 1) + " ports",
                    "Give at most " + PORTS_MAX + " in one range.");
        }
        return Parsed.good(new AddressText(text, host, first, last));
    }
}
