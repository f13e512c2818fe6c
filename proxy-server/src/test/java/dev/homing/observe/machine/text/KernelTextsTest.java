package dev.homing.observe.machine.text;

import static dev.homing.observe.machine.text.Shown.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KernelTextsTest {

    @Test
    void readsTheMemoryOfUdpSockets() {
        String sockstat =
                """
                sockets: used 14
                TCP: inuse 1 orphan 0 tw 1 alloc 1 mem 17
                UDP: inuse 3 mem 421
                UDPLITE: inuse 0
                """;
        assertEquals(421.0, UdpMemory.used(sockstat).orElseThrow().value());
        assertEquals(true, UdpMemory.used("UDP: inuse 3\n").isEmpty());
        assertEquals(true, UdpMemory.used("").isEmpty());
    }

    @Test
    void readsTheLimitsOfUdpMemory() {
        assertEquals(
                Map.of("low", 575802.0, "pressure", 767736.0, "max", 1151604.0),
                shown(UdpMemory.limits("575802\t767736\t1151604\n")));
        assertEquals(List.of(), UdpMemory.limits("575802\n"));
    }

    @Test
    void readsTheTimesOfAllCpusAndHowManyThereAre() {
        String stat =
                """
                cpu  2152339 706344 683879 1017299 3383 7 129621 57187 9 9
                cpu0 1082918 339927 340885 515039 771 0 66673 28238 0 0
                cpu3 1069421 366417 342994 502259 2611 0 62947 28949 0 0
                intr 148216912 0 0 0
                ctxt 301
                """;
        List<Reading> readings = CpuTimes.of(stat);
        assertEquals(
                Map.of(
                        "user", 21523.39,
                        "nice", 7063.44,
                        "system", 6838.79,
                        "idle", 10172.99,
                        "iowait", 33.83,
                        "irq", 0.07,
                        "softirq", 1296.21,
                        "steal", 571.87),
                shown(
                        readings.stream()
                                .filter(r -> r.quantity() == Quantity.CPU_SECONDS)
                                .toList()));
        assertEquals(new Reading(Quantity.CPUS, List.of(), 2), readings.getLast());
        assertEquals(List.of(0, 3), CpuTimes.online(stat));
    }

    @Test
    void leavesOutTheTimesThatAnOldKernelDoesNotTell() {
        assertEquals(
                Map.of("user", 0.01, "nice", 0.02, "system", 0.03, "idle", 0.04),
                shown(CpuTimes.of("cpu  1 2 3 4\nintr 5\n")));
        assertEquals(List.of(), CpuTimes.of(""));
    }

    @Test
    void readsMasksOfCpus() {
        assertEquals(new BitSet(), CpuMask.of("0\n"));
        assertEquals(new BitSet(), CpuMask.of("00000000,00000000\n"));
        assertEquals("{0, 1, 2, 3, 32}", CpuMask.of("00000001,0000000f\n").toString());
        assertEquals("{31, 63, 95}", CpuMask.of("80000000,80000000,80000000").toString());
        assertEquals(64, CpuMask.of("ffffffff,ffffffff").cardinality());
        assertEquals(new BitSet(), CpuMask.of("none"));
        assertEquals(new BitSet(), CpuMask.of(""));
    }

    @Test
    void readsSettingsThatAreNumbersOrRanges() {
        assertEquals(
                Map.of("net.core.rmem_max", 4194304.0),
                shown(KernelSettings.of("net.core.rmem_max", "4194304\n")));
        assertEquals(
                Map.of(
                        "net.ipv4.ip_local_port_range.first", 32768.0,
                        "net.ipv4.ip_local_port_range.last", 60999.0),
                shown(KernelSettings.of("net.ipv4.ip_local_port_range", "32768\t60999\n")));
        assertEquals(List.of(), KernelSettings.of("net.core.default_qdisc", "fq_codel\n"));
        assertEquals("proc/sys/net/core/rmem_max", KernelSettings.path("net.core.rmem_max"));
    }

    @Test
    void readsTheLimitOfAControlGroup() {
        assertEquals(OptionalDouble.of(1.5), CgroupCpu.cpus("150000 100000\n"));
        assertEquals(OptionalDouble.empty(), CgroupCpu.cpus("max 100000\n"));
        assertEquals(OptionalDouble.of(0.25), CgroupCpu.cpus("25000\n", "100000\n"));
        assertEquals(OptionalDouble.empty(), CgroupCpu.cpus("-1\n", "100000\n"));
        assertEquals(OptionalDouble.empty(), CgroupCpu.cpus("1\n", "0\n"));
        assertEquals(OptionalDouble.empty(), CgroupCpu.cpus(""));
    }

    @Test
    void readsForHowLongAControlGroupWasStopped() {
        assertEquals(
                OptionalDouble.of(2.5),
                CgroupCpu.throttledSeconds(
                        "usage_usec 9\nnr_periods 4\nnr_throttled 3\nthrottled_usec 2500000\nnr_bursts 0\n"));
        assertEquals(
                OptionalDouble.of(2.5),
                CgroupCpu.throttledSeconds(
                        "nr_periods 4\nnr_throttled 3\nthrottled_time 2500000000\n"));
        assertEquals(
                OptionalDouble.empty(),
                CgroupCpu.throttledSeconds("usage_usec 9\nuser_usec 5\nsystem_usec 4\n"),
                "the root group");
    }
}
