package dev.homing.fuzz;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/// All targets in one JVM, since to start one for each takes longer than a moment's fuzzing: the
/// first octet says which gets the others.
public final class AllTargets {

    private static final Target[] TARGETS = Target.values();
    private static final AtomicLongArray INPUTS = new AtomicLongArray(TARGETS.length);

    private AllTargets() {}

    /// An input of one target as one for all.
    static byte[] input(Target target, byte[] octets) {
        byte[] input = new byte[1 + octets.length];
        input[0] = (byte) target.ordinal();
        System.arraycopy(octets, 0, input, 1, octets.length);
        return input;
    }

    public static void fuzzerTestOneInput(byte[] octets) throws Exception {
        if (octets.length > 0) {
            int target = Byte.toUnsignedInt(octets[0]) % TARGETS.length;
            INPUTS.incrementAndGet(target);
            TARGETS[target].run(Arrays.copyOfRange(octets, 1, octets.length));
        }
    }

    /// The fuzzer calls it at its end.
    public static void fuzzerTearDown() {
        for (Target target : TARGETS) {
            System.out.println(line(target) + INPUTS.get(target.ordinal()));
        }
    }

    /// What a line begins with that tells how many inputs a target has had.
    static String line(Target target) {
        return "inputs of " + target.label() + ": ";
    }
}
