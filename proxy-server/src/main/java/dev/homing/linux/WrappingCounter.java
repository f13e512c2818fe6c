package dev.homing.linux;

/// Goes on where a counter of 32 bits begins again at 0.
///
/// ```
/// kernel   0 ── 5 ─────── 2^32 − 1 │ 0 ── 3        read each time before it can come round twice
/// total    0 ── 5 ─────── 2^32 − 1 ── 2^32 ── 2^32 + 3
/// ```
///
/// At a million drops a second that is once in 71 minutes. One thread at a time.
final class WrappingCounter {

    private long total;
    private int latest;

    /// @param reading of the counter, which was 0 in the beginning
    /// @return how far it has come since then
    long advance(int reading) {
        total += Integer.toUnsignedLong(reading - latest);
        latest = reading;
        return total;
    }
}
