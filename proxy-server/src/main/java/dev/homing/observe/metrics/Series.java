package dev.homing.observe.metrics;

/// The series of one metric.
interface Series {

    /// @param labelValues in the order of the metric's label names
    void put(double value, String... labelValues);

    /// Prometheus knows no other numbers than doubles: counts past 2^53 lose their last bits.
    default void put(long count, String... labelValues) {
        put((double) count, labelValues);
    }
}
