package dev.homing.observe.machine.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupMountsTest {

    private static final String VERSION_2 =
            "31 23 0:27 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

    @Test
    void findsTheOwnGroupAndAllAroundItInVersion2() {
        assertEquals(
                List.of(
                        "sys/fs/cgroup/kubepods.slice/pod1.slice/cri-5.scope",
                        "sys/fs/cgroup/kubepods.slice/pod1.slice",
                        "sys/fs/cgroup/kubepods.slice",
                        "sys/fs/cgroup"),
                CgroupMounts.folders(VERSION_2, "0::/kubepods.slice/pod1.slice/cri-5.scope\n"));
    }

    @Test
    void takesTheRootInAContainerWithANamespaceOfItsOwn() {
        assertEquals(List.of("sys/fs/cgroup"), CgroupMounts.folders(VERSION_2, "0::/\n"));
    }

    @Test
    void findsTheCpuControllerOfVersion1() {
        String mounts =
                """
                25 23 0:22 / /proc rw - proc proc rw
                33 32 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
                34 32 0:29 / /sys/fs/cgroup/cpu,cpuacct rw shared:11 master:3 - cgroup cgroup rw,cpu,cpuacct
                """;
        String groups = "9:name=systemd:/init\n5:cpuset:/other\n4:cpu,cpuacct:/system.slice/a\n";
        assertEquals(
                List.of(
                        "sys/fs/cgroup/cpu,cpuacct/system.slice/a",
                        "sys/fs/cgroup/cpu,cpuacct/system.slice",
                        "sys/fs/cgroup/cpu,cpuacct"),
                CgroupMounts.folders(mounts, groups));
    }

    @Test
    void takesOffWhatTheContainersMountBeginsWith() {
        String mounts =
                "36 31 0:30 /docker/0123 /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu,cpuacct\n";
        assertEquals(
                List.of("sys/fs/cgroup/cpu"),
                CgroupMounts.folders(mounts, "4:cpu,cpuacct:/docker/0123\n"));
        assertEquals(
                List.of("sys/fs/cgroup/cpu/inner", "sys/fs/cgroup/cpu"),
                CgroupMounts.folders(mounts, "4:cpu,cpuacct:/docker/0123/inner\n"));
        assertEquals(
                List.of("sys/fs/cgroup/cpu"),
                CgroupMounts.folders(mounts, "4:cpu,cpuacct:/docker/01234\n"),
                "another container's name begins with the same letters");
    }

    @Test
    void findsNothingWhereGroupsAreHidden() {
        assertEquals(List.of(), CgroupMounts.folders("", "0::/a\n"));
        assertEquals(List.of(), CgroupMounts.folders(VERSION_2, ""));
        assertEquals(
                List.of(),
                CgroupMounts.folders(
                        "25 23 0:22 / /proc rw - proc proc rw\nrubbish\n", "0::/a\nrubbish\n"));
    }
}
