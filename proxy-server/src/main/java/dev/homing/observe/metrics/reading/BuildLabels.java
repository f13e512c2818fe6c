package dev.homing.observe.metrics.reading;

/// What is running.
///
/// @param version of Homing
/// @param commit it was built from
public record BuildLabels(String version, String commit) {}
