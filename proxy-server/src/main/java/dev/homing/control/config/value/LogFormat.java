package dev.homing.control.config.value;

/// How an event is written: one line of text, one JSON object, or whichever suits where the output
/// goes.
public enum LogFormat {
    TEXT,
    JSON,
    /// Text on a terminal, JSON otherwise.
    AUTO
}
