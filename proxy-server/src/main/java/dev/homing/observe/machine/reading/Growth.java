package dev.homing.observe.machine.reading;

/// How the kernel counts, which decides what a number means that is below the one before.
public enum Growth {
    /// Not a counter.
    NONE,
    /// An `unsigned int`: it starts again at 0 after 4 294 967 295.
    WRAPS_AT_32_BITS,
    /// 64 bits or, by an old driver or kernel, 32; and from 0 when a device comes back.
    MAY_WRAP_OR_RESTART,
    /// Corrected by the kernel now and then, to a little less (proc(5): iowait "may decrease").
    MAY_STEP_BACK
}
