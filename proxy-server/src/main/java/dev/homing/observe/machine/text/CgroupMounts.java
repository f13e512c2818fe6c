package dev.homing.observe.machine.text;

import java.util.ArrayList;
import java.util.List;

/// Where the control groups are that hold a process's CPU: those of version 2, and those of version
/// 1 that have the cpu controller.
///
/// ```
/// /proc/self/cgroup      0::/system.slice/homing.service
///                        4:cpu,cpuacct:/docker/0123
/// /proc/self/mountinfo   31 23 0:27 / /sys/fs/cgroup rw shared:9 - cgroup2 cgroup2 rw
///                        36 31 0:30 /docker/0123 /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu,cpuacct
///                                   root         mount point                            options
/// ```
///
/// cgroups(7), proc(5).
public final class CgroupMounts {

    private static final String CONTROLLER = "cpu";

    private CgroupMounts() {}

    /// One mount.
    private record Mount(boolean isVersion2, String root, String point) {}

    /// The process's own group and all around it that this machine or container shows, the
    /// innermost first; paths without the leading slash.
    public static List<String> folders(String mountinfo, String cgroup) {
        List<Mount> mounts = mounts(mountinfo);
        List<String> folders = new ArrayList<>();
        for (String line : (Iterable<String>) cgroup.lines()::iterator) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            boolean isVersion2 = parts[0].equals("0") && parts[1].isEmpty();
            if (isVersion2 || List.of(parts[1].split(",", -1)).contains(CONTROLLER)) {
                for (Mount mount : mounts) {
                    if (mount.isVersion2() == isVersion2) {
                        addUpward(folders, mount, parts[2]);
                    }
                }
            }
        }
        return folders;
    }

    private static List<Mount> mounts(String mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : (Iterable<String>) mountinfo.lines()::iterator) {
            // Between the fixed columns and the dash are optional ones, any number of them.
            int dash = line.indexOf(" - ");
            if (dash < 0) {
                continue;
            }
            String[] left = Columns.of(line.substring(0, dash));
            String[] right = Columns.of(line.substring(dash + 3));
            if (left.length < 5 || right.length < 3) {
                continue;
            }
            boolean isVersion2 = right[0].equals("cgroup2");
            boolean isCpu =
                    right[0].equals("cgroup")
                            && List.of(right[2].split(",", -1)).contains(CONTROLLER);
            if (isVersion2 || isCpu) {
                mounts.add(new Mount(isVersion2, left[3], left[4]));
            }
        }
        return mounts;
    }

    /// A container may see only a part of the tree, with its own group or one around it as the
    /// root; a group outside of that part is taken for the root.
    private static void addUpward(List<String> folders, Mount mount, String group) {
        String below = below(mount.root(), group);
        while (!below.isEmpty()) {
            folders.add(mount.point().substring(1) + below);
            below = below.substring(0, below.lastIndexOf('/'));
        }
        folders.add(mount.point().substring(1));
    }

    /// The group as it is seen below the mount, empty for the mount itself.
    private static String below(String root, String group) {
        if (root.equals("/")) {
            return group.equals("/") ? "" : group;
        }
        return group.startsWith(root + "/") ? group.substring(root.length()) : "";
    }
}
