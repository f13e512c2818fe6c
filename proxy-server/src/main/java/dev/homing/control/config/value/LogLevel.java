package dev.homing.control.config.value;

/// The least important event that is written.
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
