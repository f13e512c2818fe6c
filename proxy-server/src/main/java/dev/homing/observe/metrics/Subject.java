package dev.homing.observe.metrics;

/// Metrics about one thing.
interface Subject {

    /// Reads their values, at a scrape.
    void write(Sheet sheet);
}
