package dev.homing.observe.machine;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import dev.homing.observe.machine.text.CgroupCpu;
import dev.homing.observe.machine.text.CgroupMounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// How the control groups that this process is in limit its CPU: its own and those around it, each
/// of which can stop it.
///
/// Where they are is looked up once, at start: a process is hardly ever moved.
final class Cgroups {

    private final MachineFiles files;
    private final List<String> folders;

    Cgroups(MachineFiles files) {
        this.files = files;
        Optional<String> mounts = files.text("proc/self/mountinfo");
        Optional<String> groups = files.text("proc/self/cgroup");
        folders =
                mounts.isPresent() && groups.isPresent()
                        ? CgroupMounts.folders(mounts.get(), groups.get())
                        : List.of();
    }

    List<Reading> read() {
        List<Reading> readings = new ArrayList<>();
        folders.stream()
                .map(this::throttledSeconds)
                .flatMapToDouble(OptionalDouble::stream)
                .reduce(Double::sum)
                .ifPresent(n -> readings.add(Reading.of(Quantity.CGROUP_THROTTLED, n)));
        folders.stream()
                .map(this::cpus)
                .flatMapToDouble(OptionalDouble::stream)
                .min()
                .ifPresent(n -> readings.add(Reading.of(Quantity.CGROUP_CPUS, n)));
        return readings;
    }

    private OptionalDouble throttledSeconds(String folder) {
        Optional<String> stat = files.text(folder + "/cpu.stat");
        return stat.isPresent() ? CgroupCpu.throttledSeconds(stat.get()) : OptionalDouble.empty();
    }

    private OptionalDouble cpus(String folder) {
        Optional<String> max = files.text(folder + "/cpu.max");
        if (max.isPresent()) {
            return CgroupCpu.cpus(max.get());
        }
        Optional<String> quota = files.text(folder + "/cpu.cfs_quota_us");
        Optional<String> period = files.text(folder + "/cpu.cfs_period_us");
        return quota.isPresent() && period.isPresent()
                ? CgroupCpu.cpus(quota.get(), period.get())
                : OptionalDouble.empty();
    }
}
