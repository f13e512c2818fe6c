package dev.homing.diagnose.finding;

import java.util.Locale;

/// How bad it is, the worst first.
public enum Severity {
    /// Datagrams are lost, or connections fail, now.
    ERROR,
    /// Nothing is lost for it yet, or not much; under load there will be.
    WARNING,
    /// Worth knowing. Alone it leaves an instance healthy.
    INFO;

    private final String label = name().toLowerCase(Locale.ROOT);

    public String label() {
        return label;
    }

    public boolean isProblem() {
        return this != INFO;
    }
}
