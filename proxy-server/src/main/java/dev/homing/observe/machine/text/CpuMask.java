package dev.homing.observe.machine.text;

import java.util.BitSet;

/// A set of CPUs as sysfs writes it: hexadecimal, 32 CPUs to a group, the highest first, as in
/// `00000001,0000000f` for CPUs 0 to 3 and 32.
public final class CpuMask {

    private static final int GROUP = 32;

    private CpuMask() {}

    /// Empty for what is not a mask.
    public static BitSet of(String text) {
        BitSet cpus = new BitSet();
        String[] groups = text.strip().split(",", -1);
        for (int i = 0; i < groups.length; i++) {
            try {
                long bits = Integer.toUnsignedLong(Integer.parseUnsignedInt(groups[i], 16));
                int base = (groups.length - 1 - i) * GROUP;
                BitSet.valueOf(new long[] {bits}).stream().forEach(cpu -> cpus.set(base + cpu));
            } catch (NumberFormatException e) {
                return new BitSet();
            }
        }
        return cpus;
    }
}
