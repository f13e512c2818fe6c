package dev.homing.observe.metrics;

/// The series of one histogram.
interface Buckets {

    /// @param counts of each bucket by itself, one more than there are bounds
    /// @param sum of all values
    /// @param labelValues in the order of the histogram's label names
    void put(long[] counts, double sum, String... labelValues);
}
