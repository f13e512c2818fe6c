package dev.homing.kit;

import dev.homing.admission.AdmissionRules;
import dev.homing.admission.Rate;
import java.util.List;

/// Rules by which connections begin.
public final class Rules {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final AdmissionRules.Networks NETWORKS = new AdmissionRules.Networks(24, 56);

    private Rules() {}

    /// As they are by default.
    ///
    /// @param versions that may begin a connection; none for any
    public static AdmissionRules checking(Integer... versions) {
        return new AdmissionRules(true, List.of(versions), rates(0, 0, 0, 0), NETWORKS);
    }

    /// In a second, and as many at once; 0 for no limit.
    public static AdmissionRules limiting(int total, int backend, int address, int network) {
        return rules(false, total, backend, address, network);
    }

    /// Checks first packets, too.
    public static AdmissionRules strict(int total, int backend, int address, int network) {
        return rules(true, total, backend, address, network);
    }

    private static AdmissionRules rules(
            boolean checks, int total, int backend, int address, int network) {
        return new AdmissionRules(
                checks, List.of(), rates(total, backend, address, network), NETWORKS);
    }

    private static AdmissionRules.Rates rates(int total, int backend, int address, int network) {
        return new AdmissionRules.Rates(rate(total), rate(backend), rate(address), rate(network));
    }

    private static Rate rate(int perSecond) {
        return perSecond == 0 ? Rate.UNLIMITED : new Rate(perSecond, SECOND_NS);
    }
}
