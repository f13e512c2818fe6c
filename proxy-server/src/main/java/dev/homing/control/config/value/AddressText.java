package dev.homing.control.config.value;

/// An address as somebody wrote it, understood but not yet resolved.
///
/// @param text as written
/// @param host an IP address without brackets, or a host name; `::` for every spelling of the
///   dual-stack wildcard
/// @param firstPort 0 means any free port
/// @param lastPort equal to `firstPort` unless a range was written
public record AddressText(String text, String host, int firstPort, int lastPort) {

    public boolean isRange() {
        return firstPort != lastPort;
    }

    /// As `print-config` shows it.
    public String print() {
        String shownHost = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return shownHost + ":" + firstPort + (isRange() ? "-" + lastPort : "");
    }
}
