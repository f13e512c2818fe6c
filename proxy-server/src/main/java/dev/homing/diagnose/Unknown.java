package dev.homing.diagnose;

import dev.homing.diagnose.finding.Series;
import dev.homing.observe.samples.Samples;
import java.util.ArrayList;
import java.util.List;

/// What the doctor did not see.
final class Unknown {

    private Unknown() {}

    static List<String> of(Samples samples) {
        List<String> unknown = new ArrayList<>();
        unless(samples, Series.NIC, "interfaces: /sys/class/net cannot be read there", unknown);
        unless(
                samples,
                Series.SOFTNET,
                "softirq: /proc/net/softnet_stat cannot be read there",
                unknown);
        unless(
                samples,
                Series.IP,
                "firewalls before Homing: /proc/net/snmp cannot be read there",
                unknown);
        if (samples.has(Series.RECEIVED)) {
            unless(
                    samples,
                    Series.THREAD_CPU,
                    "how busy threads are: /proc/self/task/*/schedstat cannot be read there",
                    unknown);
        }
        unknown.add(
                "whether ECN marks and the DF bit survive beyond this machine: no counter says it; compare what tcpdump -v"
                        + " shows at both ends");
        return unknown;
    }

    private static void unless(
            Samples samples, String series, String sentence, List<String> unknown) {
        if (!samples.has(series)) {
            unknown.add(sentence);
        }
    }
}
