package dev.homing.control.health.probe;

import java.util.Locale;

/// What became of a probe.
public enum ProbeResult {
    /// Version Negotiation came, with the connection IDs of the probe.
    ANSWERED("The server answered."),
    /// Nothing came within the timeout.
    TIMED_OUT("Nothing came within the timeout."),
    /// ICMP port unreachable: the machine is there, and nobody has the port.
    REFUSED("The machine is there, and nobody listens on the port (ICMP port unreachable)."),
    /// The network knows no way to the machine.
    UNREACHABLE("The network knows no way to the machine."),
    /// This machine could not send it: that says nothing of the server.
    NOT_SENT("This machine could not send it, which says nothing of the server.");

    private final String label = name().toLowerCase(Locale.ROOT);
    private final String sentence;

    ProbeResult(String sentence) {
        this.sentence = sentence;
    }

    /// As metrics and documents spell it.
    public String label() {
        return label;
    }

    public String sentence() {
        return sentence;
    }
}
