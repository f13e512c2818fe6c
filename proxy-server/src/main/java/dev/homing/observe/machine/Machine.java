package dev.homing.observe.machine;

import dev.homing.linux.NicOffloads;
import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import dev.homing.observe.machine.text.Conntrack;
import dev.homing.observe.machine.text.CpuTimes;
import dev.homing.observe.machine.text.IpCounters;
import dev.homing.observe.machine.text.KernelSettings;
import dev.homing.observe.machine.text.Softnet;
import dev.homing.observe.machine.text.UdpCounters;
import dev.homing.observe.machine.text.UdpMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// All that the machine says of itself at one moment.
///
/// It remembers the counters that it has shown, so that they never go back: a few numbers for each
/// CPU and interface that there ever was. Any thread, one at a time.
public final class Machine {

    private static final String CLOCK_SOURCE =
            "sys/devices/system/clocksource/clocksource0/current_clocksource";

    /// Which counter it is.
    private record Series(Quantity quantity, List<String> labels) {}

    private final MachineFiles files;
    private final Interfaces interfaces;
    private final Cgroups cgroups;
    private final Map<Series, Odometer> odometers = new HashMap<>();

    /// The one that this process runs on, as far as its container shows it.
    public static Machine here() {
        return new Machine(Path.of("/"), NicOffloads::of);
    }

    /// @param root of a copy of a machine's `proc` and `sys`
    public Machine(Path root, Function<String, Optional<NicOffloads>> offloads) {
        files = new MachineFiles(root);
        interfaces = new Interfaces(files, offloads);
        cgroups = new Cgroups(files);
    }

    /// Reads each file once.
    public synchronized List<Reading> read() {
        List<Reading> readings = new ArrayList<>();
        // The path of a datagram: interface, softirq, connection tracking, IP, UDP.
        readings.addAll(interfaces.read());
        String stat = files.text("proc/stat").orElse("");
        files.text("proc/net/softnet_stat")
                .ifPresent(text -> readings.addAll(Softnet.of(text, CpuTimes.online(stat))));
        conntrack(readings);
        udp(readings);
        readings.addAll(CpuTimes.of(stat));
        readings.addAll(cgroups.read());
        files.text(CLOCK_SOURCE)
                .ifPresent(source -> readings.add(Reading.of(Quantity.CLOCK, 1, source.strip())));
        for (String name : KernelSettings.NAMES) {
            files.text(KernelSettings.path(name))
                    .ifPresent(text -> readings.addAll(KernelSettings.of(name, text)));
        }
        readings.replaceAll(this::neverBack);
        return readings;
    }

    private void conntrack(List<Reading> readings) {
        files.text("proc/sys/net/netfilter/nf_conntrack_count")
                .flatMap(Conntrack::entries)
                .ifPresent(readings::add);
        files.text("proc/sys/net/netfilter/nf_conntrack_max")
                .flatMap(Conntrack::max)
                .ifPresent(readings::add);
        files.text("proc/net/stat/nf_conntrack")
                .ifPresent(text -> readings.addAll(Conntrack.counters(text)));
    }

    private void udp(List<Reading> readings) {
        files.text("proc/net/snmp")
                .ifPresent(text -> {
                    readings.addAll(IpCounters.ofIp4(text));
                    readings.addAll(UdpCounters.ofIp4(text));
                });
        files.text("proc/net/netstat").ifPresent(text -> readings.addAll(IpCounters.ofIp4(text)));
        files.text("proc/net/snmp6")
                .ifPresent(text -> {
                    readings.addAll(IpCounters.ofIp6(text));
                    readings.addAll(UdpCounters.ofIp6(text));
                });
        files.text("proc/net/sockstat").flatMap(UdpMemory::used).ifPresent(readings::add);
        files.text("proc/sys/net/ipv4/udp_mem")
                .ifPresent(text -> readings.addAll(UdpMemory.limits(text)));
    }

    private Reading neverBack(Reading reading) {
        if (!reading.quantity().isCounter()) {
            return reading;
        }
        Odometer odometer =
                odometers.computeIfAbsent(
                        new Series(reading.quantity(), reading.labels()),
                        series -> new Odometer(reading.quantity().growth(), reading.value()));
        return new Reading(reading.quantity(), reading.labels(), odometer.turnTo(reading.value()));
    }
}
