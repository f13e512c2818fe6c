package dev.homing.control.routing;

import dev.homing.admission.AdmissionRules;
import dev.homing.admission.Rate;
import dev.homing.control.config.Limits;
import java.util.OptionalInt;

/// From the configuration's limits to rules that the shards can follow.
public final class Admissions {

    private Admissions() {}

    public static AdmissionRules rules(Limits limits) {
        return new AdmissionRules(
                limits.checksFirstPackets(),
                limits.versions(),
                new AdmissionRules.Rates(
                        rate(limits.total(), limits),
                        rate(limits.backend(), limits),
                        rate(limits.address(), limits),
                        rate(limits.network(), limits)),
                new AdmissionRules.Networks(limits.ipv4NetworkBits(), limits.ipv6NetworkBits()));
    }

    private static Rate rate(OptionalInt perSecond, Limits limits) {
        return perSecond.isEmpty()
                ? Rate.UNLIMITED
                : new Rate(perSecond.getAsInt(), limits.burst().toNanos());
    }
}
