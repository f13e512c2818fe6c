package dev.homing.observe.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.homing.linux.NicOffloads;
import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    @TempDir private Path root;

    @Test
    void saysNothingWhereEverythingIsHidden() {
        assertEquals(List.of(), new Machine(root, nic -> Optional.empty()).read());
    }

    @Test
    void leavesOutIp6AndConntrackWhereTheyAreOff() throws IOException {
        write("proc/net/snmp", "Udp: InErrors\nUdp: 4\n");
        assertEquals(
                List.of(new Reading(Quantity.UDP, List.of("ip4", "in_errors"), 4)),
                new Machine(root, nic -> Optional.empty()).read());
    }

    @Test
    void readsTheSettingsOfTheKernel() throws IOException {
        write("proc/sys/net/core/rmem_max", "212992\n");
        write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        Machine machine = new Machine(root, nic -> Optional.empty());
        assertEquals(Optional.of(212992.0), value(machine, Quantity.SETTING, "net.core.rmem_max"));
        assertEquals(
                Optional.of(60999.0),
                value(machine, Quantity.SETTING, "net.ipv4.ip_local_port_range.last"));
        assertEquals(Optional.empty(), value(machine, Quantity.SETTING, "net.core.wmem_max"));
    }

    @Test
    void countersOf32BitsGoOnWhenTheyWrap() throws IOException {
        Machine machine = new Machine(root, nic -> Optional.empty());
        write("proc/net/softnet_stat", "fffffff0 00000003 00000000\n");
        assertEquals(Optional.of(4294967280.0), value(machine, Quantity.SOFTNET, "0", "processed"));
        write("proc/net/softnet_stat", "00000010 00000004 00000000\n");
        assertEquals(Optional.of(4294967312.0), value(machine, Quantity.SOFTNET, "0", "processed"));
        write("proc/net/softnet_stat", "00000011 00000004 00000000\n");
        assertEquals(Optional.of(4294967313.0), value(machine, Quantity.SOFTNET, "0", "processed"));
    }

    @Test
    void namesCpusOfAnOldKernelByThoseThatAreOnline() throws IOException {
        write("proc/stat", "cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu2 1 1 1 1\n");
        write("proc/net/softnet_stat", "00000001 00000002 00000003\n00000004 00000005 00000006\n");
        Machine machine = new Machine(root, nic -> Optional.empty());
        assertEquals(Optional.of(5.0), value(machine, Quantity.SOFTNET, "2", "dropped"));
        assertEquals(Optional.empty(), value(machine, Quantity.SOFTNET, "1", "dropped"));
    }

    @Test
    void readsAnInterface() throws IOException {
        nic("eth0", "up", true);
        write("sys/class/net/eth0/mtu", "1500\n");
        write("sys/class/net/eth0/statistics/rx_missed_errors", "17\n");
        write("sys/class/net/eth0/queues/rx-0/rps_cpus", "00000000,00000003\n");
        write("sys/class/net/eth0/queues/rx-1/rps_cpus", "00000001,00000001\n");
        Files.createDirectories(root.resolve("sys/class/net/eth0/queues/tx-0"));
        Machine machine = new Machine(root, nic -> Optional.of(new NicOffloads(true, false)));
        assertEquals(Optional.of(17.0), value(machine, Quantity.NIC, "eth0", "rx_missed"));
        assertEquals(Optional.empty(), value(machine, Quantity.NIC, "eth0", "rx_fifo"));
        assertEquals(Optional.of(2.0), value(machine, Quantity.NIC_QUEUES, "eth0", "rx"));
        assertEquals(Optional.of(1.0), value(machine, Quantity.NIC_QUEUES, "eth0", "tx"));
        assertEquals(Optional.of(3.0), value(machine, Quantity.NIC_RPS_CPUS, "eth0"));
        assertEquals(Optional.of(1500.0), value(machine, Quantity.NIC_MTU, "eth0"));
        assertEquals(Optional.of(1.0), value(machine, Quantity.NIC_OFFLOAD, "eth0", "gro"));
        assertEquals(Optional.of(0.0), value(machine, Quantity.NIC_OFFLOAD, "eth0", "gso"));
    }

    @Test
    void takesInterfacesWithADeviceBeforeTheVirtualOnes() throws IOException {
        nic("lo", "unknown", false);
        nic("veth123", "up", false);
        nic("eth0", "up", true);
        nic("eth1", "down", true);
        write("sys/class/net/bonding_masters", "bond0\n");
        assertEquals(List.of("eth0"), interfaces());
    }

    @Test
    void takesVirtualInterfacesWhereThereAreNoOthersAndTheLoopbackLast() throws IOException {
        nic("lo", "unknown", false);
        assertEquals(List.of("lo"), interfaces());
        nic("ifb0", "down", false);
        nic("eth0", "up", false);
        assertEquals(List.of("eth0"), interfaces());
    }

    @Test
    void findsTheTightestOfTheControlGroupsAroundAProcess() throws IOException {
        write("proc/self/mountinfo", "31 23 0:27 / /cg rw - cgroup2 cgroup2 rw\n");
        write("proc/self/cgroup", "0::/pod/homing\n");
        write("cg/cpu.stat", "usage_usec 7\n");
        write("cg/pod/cpu.stat", "throttled_usec 1000000\n");
        write("cg/pod/cpu.max", "150000 100000\n");
        write("cg/pod/homing/cpu.stat", "throttled_usec 500000\n");
        write("cg/pod/homing/cpu.max", "max 100000\n");
        Machine machine = new Machine(root, nic -> Optional.empty());
        assertEquals(Optional.of(1.5), value(machine, Quantity.CGROUP_CPUS));
        assertEquals(Optional.of(1.5), value(machine, Quantity.CGROUP_THROTTLED));
    }

    @Test
    void readsThisMachine() {
        Machine machine = Machine.here();
        List<Reading> first = machine.read();
        Set<Quantity> quantities =
                first.stream().map(Reading::quantity).collect(Collectors.toSet());
        assertTrue(
                quantities.containsAll(Set.of(Quantity.UDP, Quantity.CPU_SECONDS, Quantity.CPUS)),
                quantities::toString);
        List<Reading> second = machine.read();
        for (Reading reading : first) {
            Optional<Reading> later =
                    second.stream()
                            .filter(r -> r.quantity() == reading.quantity())
                            .filter(r -> r.labels().equals(reading.labels()))
                            .findFirst();
            assertFalse(
                    reading.quantity().isCounter()
                            && later.isPresent()
                            && later.get().value() < reading.value(),
                    () -> reading + " then " + later);
        }
    }

    private List<String> interfaces() {
        return new Interfaces(new MachineFiles(root), nic -> Optional.empty()).names();
    }

    private void nic(String name, String state, boolean hasDevice) throws IOException {
        write("sys/class/net/" + name + "/operstate", state + "\n");
        if (hasDevice) {
            Files.createDirectories(root.resolve("sys/class/net/" + name + "/device"));
        }
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Optional<Double> value(Machine machine, Quantity quantity, String... labels) {
        return machine.read().stream()
                .filter(reading -> reading.quantity() == quantity)
                .filter(reading -> reading.labels().equals(Arrays.asList(labels)))
                .map(Reading::value)
                .findFirst();
    }
}
